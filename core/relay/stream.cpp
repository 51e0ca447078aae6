#include "relay/stream.h"

#include "http1/serialize.h"

#include <utility>

namespace relay {

namespace {

// A fast visitor's outputs; a larger one is a burst.
constexpr std::size_t kSpareBytes = std::size_t{2} * wire::kInitialWindowBytes;

} // namespace

wire::Result<> Stream::onResponseHead(wire::ResponseHead head)
{
    auto plan = m_exchange.onResponseHead(head);
    if (!plan)
        return std::unexpected(std::move(plan.error()));
    if (!plan->forward)
        return {};
    if (!plan->final && m_bytes.size() >= wire::kInitialWindowBytes) // heads take no credit
        return wire::fail(wire::Code::ProtocolError, "more interim responses than the visitor has read");
    http1::appendResponseHead(m_bytes, head, *plan->extra);
    m_chunked = plan->framing == edge::Framing::Chunked;
    m_output.notify();
    if (plan->final)
        m_input.notify(); // an upgrade was granted or not
    return {};
}

wire::Result<> Stream::onData(std::string_view bytes)
{
    if (auto received = m_window.onReceived(bytes.size()); !received)
        return received;
    if (m_failure)
        return {}; // the visitor has gone; the reset crosses these bytes on the way
    if (auto taken = m_exchange.onData(bytes.size()); !taken)
        return taken;
    if (m_chunked)
        http1::appendChunk(m_bytes, bytes);
    else
        m_bytes.append(bytes);
    m_pendingBody += bytes.size();
    m_output.notify();
    return {};
}

wire::Result<> Stream::onEnd(wire::HeaderList trailers)
{
    auto plan = m_exchange.onEnd(std::move(trailers));
    if (!plan)
        return std::unexpected(std::move(plan.error()));
    if (plan->lastChunk)
        http1::appendLastChunk(m_bytes, plan->trailers);
    m_keepVisitor = plan->keepAlive;
    m_ended = true;
    m_output.notify();
    m_input.notify();
    return {};
}

wire::Result<> Stream::onWindow(std::uint32_t bytes)
{
    auto added = credit.add(bytes);
    m_input.notify();
    return added;
}

void Stream::fail(wire::Error error)
{
    if (finished())
        return;
    m_failure = std::move(error);
    m_output.notify();
    m_input.notify();
}

Stream::Output Stream::takeOutput()
{
    return {std::exchange(m_bytes, std::exchange(m_spare, {})), std::exchange(m_pendingBody, 0)};
}

void Stream::giveBack(std::string memory) noexcept
{
    memory.clear();
    if (memory.capacity() <= kSpareBytes)
        m_spare = std::move(memory);
}

} // namespace relay
