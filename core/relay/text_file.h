// Small files, read and written whole. Any thread; blocking.
#pragma once

#include "wire/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace relay {

// Errors are InvalidRequest with a sentence that names the file: it cannot be read, is no file, or is over `maxBytes`.
[[nodiscard]] wire::Result<std::string> readTextFile(const std::filesystem::path &file, std::size_t maxBytes);

// Replaces the file, or makes it, by one that only its owner may read and write: whoever reads it meanwhile sees the old or
// the new text, and so it is after a crash. InternalError with a sentence that names the file.
[[nodiscard]] wire::Result<> writePrivateFile(const std::filesystem::path &file, std::string_view text);

// Tells whether a file was changed or replaced since it was last asked about. One that is gone has not changed.
class FileWatch {
public:
    FileWatch() = default; // no file: never changes
    explicit FileWatch(std::filesystem::path file) : m_file(std::move(file)) { (void)changed(); }

    [[nodiscard]] const std::filesystem::path &file() const noexcept { return m_file; }
    [[nodiscard]] bool changed() noexcept;

private:
    struct Stamp {
        std::uint64_t inode = 0;
        std::int64_t size = 0;
        std::int64_t seconds = 0;
        std::int64_t nanoseconds = 0;

        friend bool operator==(const Stamp &, const Stamp &) = default;
    };

    std::filesystem::path m_file;
    Stamp m_stamp;
};

} // namespace relay
