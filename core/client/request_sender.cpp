#include "client/request_sender.h"

#include "client/local_connection.h"
#include "client/local_head.h"

#include <algorithm>

namespace client {

wire::Result<> RequestSender::begin(wire::RequestHead &head, const std::optional<std::string> &hostField)
{
    const auto length = appendLocalHead(m_waiting, head, hostField);
    if (!length)
        return std::unexpected(length.error());
    m_body = RequestBody(head.body, *length);
    m_idempotent = isIdempotent(head.method);
    m_replayable = m_idempotent;
    return {};
}

void RequestSender::use(LocalConnection &connection, bool reused)
{
    m_connection = &connection;
    m_reused = reused;
    connection.write(m_waiting);
    if (!reused)
        stopReplaying();
}

void RequestSender::drop()
{
    m_connection = nullptr;
    m_dropped = true;
    m_waiting = {};
}

void RequestSender::stopReplaying()
{
    if (!m_connection)
        return;
    m_replayable = false;
    m_waiting = {};
}

void RequestSender::send(std::string_view bytes)
{
    if (bytes.empty() || m_dropped)
        return;
    if (!m_connection || (m_replayable && m_waiting.size() + bytes.size() <= wire::kReplayableBodyBytes))
        m_waiting.append(bytes);
    else if (m_replayable)
        stopReplaying();
    if (m_connection)
        m_connection->write(bytes);
}

wire::Result<> RequestSender::onReceived(std::size_t bytes)
{
    auto received = m_window.onReceived(bytes);
    if (received)
        m_held += bytes;
    return received;
}

wire::Result<> RequestSender::sendBody(std::string_view bytes)
{
    const auto framed = m_body.frame(bytes);
    if (!framed)
        return std::unexpected(framed.error());
    send(*framed);
    return {};
}

wire::Result<> RequestSender::endBody(const wire::HeaderList &trailers)
{
    const auto last = m_body.finish(localTrailers(trailers));
    if (!last)
        return std::unexpected(last.error());
    send(*last);
    return {};
}

std::uint32_t RequestSender::takeCredit(std::chrono::nanoseconds roundTrip)
{
    if (m_held == 0 || (!m_connection && !m_dropped))
        return 0;
    const std::size_t held = m_connection ? std::min(m_held, m_connection->unsent()) : 0;
    const std::size_t left = m_held - held;
    m_held = held;
    return left == 0 ? 0 : m_window.onConsumed(left, std::chrono::steady_clock::now(), roundTrip);
}

} // namespace client
