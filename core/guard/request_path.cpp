#include "guard/request_path.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace guard {

namespace {

int hexValue(char c) noexcept
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The byte written as %XX at `at`, or -1.
int escapedByte(std::string_view text, std::size_t at) noexcept
{
    if (text[at] != '%' || at + 2 >= text.size())
        return -1;
    const int high = hexValue(text[at + 1]);
    const int low = hexValue(text[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

// A slash or backslash that was escaped is data to one server and a separator to the next.
bool mayBeEscaped(int byte) noexcept
{
    return byte > ' ' - 1 && byte != 0x7f && byte != '/' && byte != '\\';
}

std::optional<std::string> decodeOnce(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            out += text[at];
            continue;
        }
        const int byte = escapedByte(text, at);
        if (byte < 0 || !mayBeEscaped(byte))
            return std::nullopt;
        out += static_cast<char>(byte);
        at += 2;
    }
    return out;
}

bool hasEscape(std::string_view text) noexcept
{
    for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
        if (escapedByte(text, at) >= 0)
            return true;
    }
    return false;
}

struct Utf8Shape {
    std::size_t more; // bytes that follow the first
    std::uint32_t first;
    std::uint32_t least; // below it the spelling is overlong
};

std::optional<Utf8Shape> shapeOf(unsigned char byte) noexcept
{
    if (byte >= 0xc2 && byte < 0xe0)
        return Utf8Shape{1, byte & 0x1fU, 0x80};
    if (byte >= 0xe0 && byte < 0xf0)
        return Utf8Shape{2, byte & 0x0fU, 0x800};
    if (byte >= 0xf0 && byte < 0xf5)
        return Utf8Shape{3, byte & 0x07U, 0x10000};
    return std::nullopt;
}

// The bytes of the character at the start; 0 when it is none (overlong, surrogate, cut).
std::size_t characterBytes(std::string_view text) noexcept
{
    const auto first = static_cast<unsigned char>(text.front());
    if (first < 0x80)
        return 1;
    const auto shape = shapeOf(first);
    if (!shape || text.size() <= shape->more)
        return 0;
    std::uint32_t code = shape->first;
    for (std::size_t i = 1; i <= shape->more; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xc0U) != 0x80U)
            return 0;
        code = code << 6U | (byte & 0x3fU);
    }
    const bool valid = code >= shape->least && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return valid ? shape->more + 1 : 0;
}

bool isUtf8(std::string_view text) noexcept
{
    while (!text.empty()) {
        const std::size_t bytes = characterBytes(text);
        if (bytes == 0)
            return false;
        text.remove_prefix(bytes);
    }
    return true;
}

// "", "." and ".." are segments that servers drop or resolve; the last one may be empty: "/hooks/".
bool hasOddSegment(std::string_view path) noexcept
{
    std::string_view rest = path.substr(1);
    while (true) {
        const auto slash = rest.find('/');
        const auto segment = rest.substr(0, slash);
        const bool last = slash == std::string_view::npos;
        if (segment == "." || segment == ".." || (segment.empty() && !last))
            return true;
        if (last)
            return false;
        rest.remove_prefix(slash + 1);
    }
}

} // namespace

std::optional<std::string> plainPath(std::string_view target)
{
    const auto raw = target.substr(0, target.find('?'));
    if (!raw.starts_with('/'))
        return std::nullopt;
    auto path = decodeOnce(raw);
    if (!path || hasEscape(*path) || path->find_first_of("\\;#?") != std::string::npos || hasOddSegment(*path) ||
        !isUtf8(*path))
        return std::nullopt;
    return path;
}

} // namespace guard
