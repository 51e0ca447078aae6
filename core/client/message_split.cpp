#include "client/message_split.h"

#include "wire/limits.h"

#include <cassert>
#include <cstdint>

namespace client {

namespace {

std::size_t frameBytes(std::string_view frame) noexcept
{
    const auto byte = [frame](std::size_t at) { return static_cast<std::uint8_t>(frame[at]); };
    return wire::kFrameHeaderBytes + (std::size_t{byte(5)} << 16 | std::size_t{byte(6)} << 8 | byte(7));
}

} // namespace

std::size_t nextMessageBytes(std::string_view frames) noexcept
{
    if (frames.size() <= wire::kMaxMessageBytes)
        return frames.size();
    std::size_t end = frameBytes(frames);
    for (std::size_t next = end; next <= wire::kMaxMessageBytes; next += frameBytes(frames.substr(next)))
        end = next;
    assert(end <= wire::kMaxMessageBytes);
    return end;
}

} // namespace client
