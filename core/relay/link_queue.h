// Frames on their way to one tunnel client: appended many to a message, taken one message at a time, so that a busy
// link writes once per turn. Owned by ClientSession; relay thread only.
#pragma once

#include "wire/frame.h"
#include "wire/limits.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace relay {

class LinkQueue {
public:
    // One frame whose payload `encode` appends to the string it is given: at most `most` bytes. Returns the payload's
    // length; an empty payload with `dropEmpty` leaves nothing behind.
    template <class Encode>
    std::size_t append(std::uint32_t stream, wire::FrameKind kind, std::size_t most, bool dropEmpty, Encode encode);
    void append(std::uint32_t stream, wire::FrameKind kind, std::string_view payload);
    void appendWindow(std::uint32_t stream, std::uint32_t credit);

    [[nodiscard]] bool empty() const noexcept { return m_messages.empty(); }
    // All bytes not yet said to be written, the message being written included.
    [[nodiscard]] std::size_t bytes() const noexcept { return m_bytes; }
    [[nodiscard]] std::string take(); // the next message: give it back by written()
    void written(std::string message);

private:
    // The message that grows, with room for one more frame.
    [[nodiscard]] std::string &room(std::size_t payload);

    std::vector<std::string> m_messages; // few: an empty deque would be half of an idle link's memory here
    std::string m_spare; // a written message's memory
    std::size_t m_bytes = 0;
};

template <class Encode>
std::size_t LinkQueue::append(std::uint32_t stream, wire::FrameKind kind, std::size_t most, bool dropEmpty,
                              Encode encode)
{
    std::string &out = room(most);
    const auto before = out.size();
    const auto header = wire::beginFrame(out, stream, kind);
    encode(out);
    const auto payload = out.size() - before - wire::kFrameHeaderBytes;
    if (payload == 0 && dropEmpty) {
        out.resize(before);
        if (out.empty())
            m_messages.pop_back();
        return 0;
    }
    wire::finishFrame(out, header);
    m_bytes += out.size() - before;
    return payload;
}

} // namespace relay
