#include "http1/serialize.h"

#include <array>
#include <charconv>

namespace http1 {

namespace {

constexpr std::string_view kVersion = "HTTP/1.1";
constexpr std::string_view kCrlf = "\r\n";

std::size_t fieldBytes(const wire::HeaderList &fields)
{
    std::size_t bytes = 0;
    for (const auto &[name, value] : fields)
        bytes += name.size() + value.size() + 4;
    return bytes;
}

void appendFields(std::string &out, const wire::HeaderList &fields)
{
    for (const auto &[name, value] : fields)
        out.append(name).append(": ").append(value).append(kCrlf);
}

void appendHex(std::string &out, std::size_t number)
{
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
    out.append(digits.data(), end);
}

} // namespace

void appendRequestHead(std::string &out, const wire::RequestHead &head, const wire::HeaderList &extra)
{
    out.reserve(out.size() + head.method.size() + head.uri.size() + 16 + fieldBytes(head.headers) + fieldBytes(extra));
    out.append(head.method).append(1, ' ').append(head.uri).append(1, ' ').append(kVersion).append(kCrlf);
    appendFields(out, head.headers);
    appendFields(out, extra);
    out.append(kCrlf);
}

void appendResponseHead(std::string &out, const wire::ResponseHead &head, const wire::HeaderList &extra)
{
    out.reserve(out.size() + head.reason.size() + 20 + fieldBytes(head.headers) + fieldBytes(extra));
    out.append(kVersion).append(1, ' ').append(std::to_string(head.status)).append(1, ' ').append(head.reason);
    out.append(kCrlf);
    appendFields(out, head.headers);
    appendFields(out, extra);
    out.append(kCrlf);
}

void appendChunk(std::string &out, std::string_view data)
{
    if (data.empty())
        return;
    appendHex(out, data.size());
    out.append(kCrlf).append(data).append(kCrlf);
}

void appendLastChunk(std::string &out, const wire::HeaderList &trailers)
{
    out.append("0\r\n");
    appendFields(out, trailers);
    out.append(kCrlf);
}

} // namespace http1
