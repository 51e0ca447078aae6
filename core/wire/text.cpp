#include "wire/text.h"

namespace wire {

namespace {

constexpr std::size_t kMaxContinuationBytes = 3; // of one UTF-8 character; more is not UTF-8, and is cut anywhere

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

} // namespace

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
