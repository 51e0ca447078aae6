// A file that is only ever appended to, by whole lines: made 0600 and opened with O_APPEND; when it is full a new one begins,
// FILE becomes FILE.1, that FILE.2 and so on, and the oldest goes. Blocking; the audit log's thread only.
#pragma once

#include "wire/result.h"

#include <cstddef>
#include <filesystem>
#include <string_view>

namespace relay {

class AuditFile {
public:
    struct Limits {
        std::size_t fileBytes; // a line that is longer gets a file of its own
        unsigned files; // with the present one; 2 at least
    };

    // InvalidRequest with a sentence that names the file.
    [[nodiscard]] static wire::Result<AuditFile> open(std::filesystem::path file, Limits limits);
    ~AuditFile();
    AuditFile(AuditFile &&other) noexcept;
    AuditFile(const AuditFile &) = delete;
    AuditFile &operator=(const AuditFile &) = delete;
    AuditFile &operator=(AuditFile &&) = delete;

    // Writes the lines, each with its LF, to the disk, and takes them off. After an error (InternalError) those are left that
    // were not written.
    [[nodiscard]] wire::Result<> append(std::string_view &lines);

private:
    AuditFile(std::filesystem::path file, Limits limits) : m_file(std::move(file)), m_limits(limits) {}
    [[nodiscard]] int openPresent(); // an error number, 0 for none; so are those below
    [[nodiscard]] int endCutLine();
    [[nodiscard]] int rotate();
    [[nodiscard]] int write(std::string_view &text);
    [[nodiscard]] std::filesystem::path older(unsigned number) const;

    std::filesystem::path m_file;
    Limits m_limits;
    int m_descriptor = -1;
    std::size_t m_size = 0;
    bool m_cut = false; // the last line has no end
};

} // namespace relay
