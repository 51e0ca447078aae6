#include "relay/text_file.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <system_error>

namespace relay {

namespace {

std::unexpected<wire::Error> failure(const std::filesystem::path &file, std::string_view why)
{
    return wire::fail(wire::Code::InvalidRequest, fmt::format("{}: {}", file.string(), why));
}

std::unexpected<wire::Error> notWritten(const std::filesystem::path &file, int error)
{
    return wire::fail(wire::Code::InternalError,
                      fmt::format("{}: cannot be written: {}", file.string(), std::generic_category().message(error)));
}

// An error number; 0 for none.
int writeAndSync(int descriptor, std::string_view text)
{
    while (!text.empty()) {
        const auto count = ::write(descriptor, text.data(), text.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errno;
        text.remove_prefix(static_cast<std::size_t>(count));
    }
    return ::fsync(descriptor) == 0 ? 0 : errno;
}

// After a crash the folder knows the new name, too.
void syncFolder(const std::filesystem::path &folder)
{
    const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    (void)::fsync(descriptor);
    ::close(descriptor);
}

} // namespace

wire::Result<std::string> readTextFile(const std::filesystem::path &file, std::size_t maxBytes)
{
    std::error_code error;
    if (std::filesystem::is_directory(file, error))
        return failure(file, "is a folder, not a file");
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return failure(file, fmt::format("cannot be opened: {}", std::generic_category().message(errno)));
    std::string text(maxBytes + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (stream.bad())
        return failure(file, "cannot be read");
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.size() > maxBytes)
        return failure(file, fmt::format("is larger than {} bytes", maxBytes));
    return text;
}

wire::Result<> writePrivateFile(const std::filesystem::path &file, std::string_view text)
{
    auto temporary = file.string() + ".XXXXXX";
    const int descriptor = ::mkostemp(temporary.data(), O_CLOEXEC); // mode 0600
    if (descriptor < 0)
        return notWritten(file, errno);
    int error = writeAndSync(descriptor, text);
    ::close(descriptor);
    if (error == 0 && std::rename(temporary.c_str(), file.c_str()) != 0)
        error = errno;
    if (error != 0) {
        ::unlink(temporary.c_str());
        return notWritten(file, error);
    }
    syncFolder(file.parent_path());
    return {};
}

bool FileWatch::changed() noexcept
{
    struct stat status{};
    if (m_file.empty() || ::stat(m_file.c_str(), &status) != 0)
        return false;
    const Stamp now{status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
    return std::exchange(m_stamp, now) != now;
}

} // namespace relay
