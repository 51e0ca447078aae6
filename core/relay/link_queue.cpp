#include "relay/link_queue.h"

#include <utility>

namespace relay {

namespace {

constexpr std::size_t kSpareBytes = 64 * wire::kKiB; // memory an idle link keeps for its next message

} // namespace

std::string &LinkQueue::room(std::size_t payload)
{
    if (m_messages.empty() || m_messages.back().size() + payload + wire::kFrameHeaderBytes > wire::kMaxMessageBytes) {
        m_messages.push_back(std::exchange(m_spare, {}));
        m_messages.back().clear();
    }
    return m_messages.back();
}

void LinkQueue::append(std::uint32_t stream, wire::FrameKind kind, std::string_view payload)
{
    wire::appendFrame(room(payload.size()), stream, kind, payload);
    m_bytes += payload.size() + wire::kFrameHeaderBytes;
}

void LinkQueue::appendWindow(std::uint32_t stream, std::uint32_t credit)
{
    std::string &out = room(sizeof credit);
    const auto before = out.size();
    wire::appendWindow(out, stream, credit);
    m_bytes += out.size() - before;
}

std::string LinkQueue::take()
{
    auto message = std::move(m_messages.front());
    m_messages.erase(m_messages.begin());
    return message;
}

void LinkQueue::written(std::string message)
{
    m_bytes -= message.size();
    if (message.capacity() <= kSpareBytes)
        m_spare = std::move(message);
}

} // namespace relay
