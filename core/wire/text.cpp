#include "wire/text.h"

namespace wire {

namespace {

constexpr std::size_t kMaxContinuationBytes = 3; // of one UTF-8 character; more is not UTF-8, and is cut anywhere

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

// Of the character that begins with this byte and goes on with `second` (RFC 3629 4); 0 when none does.
std::size_t utf8Length(unsigned char first, unsigned char second) noexcept
{
    const auto within = [second](unsigned low, unsigned high) { return second >= low && second <= high; };
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return within(0x80, 0xbf) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef)
        return within(first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf) ? 3 : 0;
    if (first >= 0xf0 && first <= 0xf4)
        return within(first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf) ? 4 : 0;
    return 0;
}

} // namespace

bool isUtf8(std::string_view text) noexcept
{
    while (!text.empty()) {
        const auto second = text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0U;
        const auto length = utf8Length(static_cast<unsigned char>(text[0]), static_cast<unsigned char>(second));
        if (length == 0 || length > text.size())
            return false;
        for (std::size_t i = 2; i < length; ++i) {
            if (!isContinuation(text[i]))
                return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

std::string_view cutText(std::string_view text, std::size_t maxBytes) noexcept
{
    if (text.size() <= maxBytes)
        return text;
    for (std::size_t back = 0; back <= kMaxContinuationBytes && back <= maxBytes; ++back)
        if (!isContinuation(text[maxBytes - back]))
            return text.substr(0, maxBytes - back);
    return text.substr(0, maxBytes);
}

} // namespace wire
