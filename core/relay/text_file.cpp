#include "relay/text_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <system_error>

namespace relay {

namespace {

std::unexpected<wire::Error> failure(const std::filesystem::path &file, std::string_view why)
{
    return wire::fail(wire::Code::InvalidRequest, fmt::format("{}: {}", file.string(), why));
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

} // namespace relay
