#include "relay/audit_file.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

namespace relay {

namespace {

constexpr mode_t kPrivate = S_IRUSR | S_IWUSR;
constexpr mode_t kPermissions = 07777;

std::string because(const std::filesystem::path &file, int error)
{
    return fmt::format("{}: cannot be written: {}", file.string(), std::generic_category().message(error));
}

} // namespace

wire::Result<AuditFile> AuditFile::open(std::filesystem::path file, Limits limits)
{
    AuditFile opened(std::move(file), limits);
    if (const int error = opened.openPresent(); error != 0)
        return wire::fail(wire::Code::InvalidRequest, "the audit log " + because(opened.m_file, error));
    return opened;
}

AuditFile::~AuditFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

AuditFile::AuditFile(AuditFile &&other) noexcept
    : m_file(std::move(other.m_file)),
      m_limits(other.m_limits),
      m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_size(other.m_size),
      m_cut(other.m_cut)
{
}

// One that is there keeps its lines, and nobody else may read them from now on.
int AuditFile::openPresent()
{
    m_descriptor = ::open(m_file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, kPrivate);
    struct stat status{};
    if (m_descriptor < 0 || ::fstat(m_descriptor, &status) != 0)
        return errno;
    if (!S_ISREG(status.st_mode))
        return EINVAL;
    if ((status.st_mode & kPermissions) != kPrivate && ::fchmod(m_descriptor, kPrivate) != 0)
        return errno;
    m_size = static_cast<std::size_t>(status.st_size);
    char last = '\n';
    if (m_size > 0 && ::pread(m_descriptor, &last, 1, status.st_size - 1) != 1)
        return errno;
    m_cut = last != '\n';
    return 0;
}

std::filesystem::path AuditFile::older(unsigned number) const
{
    return number == 0 ? m_file : std::filesystem::path(fmt::format("{}.{}", m_file.string(), number));
}

int AuditFile::rotate()
{
    for (unsigned number = m_limits.files - 1; number > 0; --number) {
        if (std::rename(older(number - 1).c_str(), older(number).c_str()) != 0 && errno != ENOENT)
            return errno;
    }
    const int former = std::exchange(m_descriptor, -1);
    if (const int error = openPresent(); error != 0) {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
        m_descriptor = former; // by its new name, until this works
        return error;
    }
    ::close(former);
    return 0;
}

int AuditFile::write(std::string_view &text)
{
    while (!text.empty()) {
        const auto count = ::write(m_descriptor, text.data(), text.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errno;
        m_size += static_cast<std::size_t>(count);
        m_cut = text[static_cast<std::size_t>(count) - 1] != '\n';
        text.remove_prefix(static_cast<std::size_t>(count));
    }
    return 0;
}

// Of a process that was killed, or a disk that was full: the next line begins on its own.
int AuditFile::endCutLine()
{
    std::string_view end = m_cut ? "\n" : "";
    return write(end);
}

wire::Result<> AuditFile::append(std::string_view &lines)
{
    int error = endCutLine();
    while (!lines.empty() && error == 0) {
        const auto room = m_size < m_limits.fileBytes ? m_limits.fileBytes - m_size : 0;
        auto end = lines.size() <= room ? lines.size() : lines.substr(0, room).rfind('\n') + 1; // npos + 1 is 0
        if (end == 0 && m_size > 0) {
            error = rotate();
            continue;
        }
        if (end == 0)
            end = std::min(lines.find('\n'), lines.size() - 1) + 1;
        auto some = lines.substr(0, end);
        error = write(some);
        lines.remove_prefix(end - some.size());
    }
    if (error == 0 && ::fdatasync(m_descriptor) != 0)
        error = errno;
    if (error != 0)
        return wire::fail(wire::Code::InternalError, "the audit log " + because(m_file, error));
    return {};
}

} // namespace relay
