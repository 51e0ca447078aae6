// One tunnel client's link, from the WebSocket handshake to its end: reads frames and gives them to their streams,
// queues frames and writes them, many to a message, once per turn. Owned by its coroutines and, while they have a
// stream on it, by visitor sessions (shared_ptr); relay thread only.
#pragma once

#include "relay/context.h"
#include "relay/link_journal.h"
#include "relay/link_queue.h"
#include "relay/link_socket.h"
#include "relay/stream.h"
#include "wire/message.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace relay {

class ClientSession final : public TunnelLink, public std::enable_shared_from_this<ClientSession> {
public:
    // `address` is the client's, behind trusted proxies too.
    ClientSession(Context &context, std::unique_ptr<LinkSocket> socket, std::string address);
    ~ClientSession() override;

    // The whole life of the link. `request` is the upgrade request as received.
    [[nodiscard]] static Task<> run(std::shared_ptr<ClientSession> self, wire::RequestHead request);

    // --- For the registry -------------------------------------------------------------------------------------------
    [[nodiscard]] std::size_t openStreams() const noexcept override { return m_streams.size(); }
    [[nodiscard]] bool acceptsStreams() const noexcept override;
    [[nodiscard]] bool leaving() const noexcept override { return m_draining || m_closing || m_closed; }
    void evict(wire::Error reason) override;
    [[nodiscard]] Grant grant() const { return {m_owner.identity, m_owner.claims}; }
    // Of one request to this client: the relay's limit or its token's own.
    [[nodiscard]] std::uint64_t maxBodyBytes() const noexcept
    {
        return relay::maxBodyBytes(m_owner.claims.get(), m_context.config.limits.maxBodyBytes);
    }

    // `place`: among the visitors' connections, kept until the token is accepted. A link that is refused may linger for
    // kHandshakeTimeout; strangers would have any number of those.
    void countUntilAdmitted(std::shared_ptr<void> place) noexcept { m_place = std::move(place); }

    // What its tunnel is held to; valid once established.
    [[nodiscard]] const TunnelQuotas &quotas() const noexcept { return m_quotas; }

    // --- For visitor sessions ---------------------------------------------------------------------------------------
    [[nodiscard]] std::shared_ptr<Stream> openStream(const wire::RequestHead &head, bool visitorKeepAlive);
    // Appends up to `stream.credit` body bytes as one data frame: `fill` appends to the string it is given.
    template <class Fill>
    [[nodiscard]] wire::Result<std::size_t> sendData(Stream &stream, std::size_t most, Fill fill);
    void endRequest(Stream &stream, const wire::HeaderList &trailers);
    void resetStream(Stream &stream, const wire::Error &error); // forgets it; frames still on their way are dropped
    void consumed(Stream &stream, std::size_t bytes); // body bytes were written to the visitor
    // True asks the caller to wait for stream.input() before it sends more.
    [[nodiscard]] bool pausesSources() noexcept
    {
        m_sourcesPaused = m_sourcesPaused || m_queue.bytes() >= wire::kLinkQueueBytes;
        return m_sourcesPaused;
    }

    // --- For the server ---------------------------------------------------------------------------------------------
    void drain(std::string reason); // no new streams; closes when the last one ends
    void close() noexcept { m_socket->close(); } // at once

private:
    [[nodiscard]] Task<> readFrames();
    [[nodiscard]] static Task<> writeFrames(std::shared_ptr<ClientSession> self);
    [[nodiscard]] Task<bool> handshake(const wire::RequestHead &request);
    // The client takes so little of what it is sent that no more may be added: sources pause long before, but heads and
    // answers to pings do not wait for it.
    [[nodiscard]] bool clogged() const noexcept { return m_queue.bytes() >= 2 * wire::kLinkQueueBytes; }

    [[nodiscard]] wire::Result<> onMessage(std::string_view message);
    [[nodiscard]] wire::Result<> onFrame(const wire::Frame &frame);
    [[nodiscard]] wire::Result<> onControl(std::string_view payload);
    [[nodiscard]] wire::Result<> onReady(const wire::Ready &ready);
    [[nodiscard]] wire::Result<> onStreamFrame(Stream &stream, const wire::Frame &frame);

    void establish(std::string name);
    void sendControl(const wire::ControlMessage &message);
    void refuse(wire::Error error, std::uint16_t closeCode); // says why, then closes
    void finishStream(Stream &stream); // both directions ended: forget it
    void closeIfDrained();
    void failStreams(const wire::Error &error);
    void lost(); // the reader has ended
    void wakeSources();

    Context &m_context;
    std::shared_ptr<void> m_place;
    std::unique_ptr<LinkSocket> m_socket;
    TunnelRegistry::Owner m_owner;
    std::string m_name; // empty until established
    TunnelQuotas m_quotas;
    const std::string m_connectionId;
    LinkJournal m_journal{m_context.log, m_context.audit, {m_owner, m_connectionId, m_name}};

    wire::LinkWindowBudget m_budget;
    std::unordered_map<std::uint32_t, std::shared_ptr<Stream>> m_streams;
    std::uint32_t m_lastStream = 0;

    LinkQueue m_queue;
    Event m_wake; // the writer: something queued, a ping due, or closing
    Event m_finished; // the reader, which must not read while the writer closes: the writer has ended
    Deadline m_readyDeadline;
    Deadline m_pingDeadline;
    Deadline m_closeDeadline;
    bool m_pingDue = false;
    bool m_draining = false;
    bool m_sourcesPaused = false;
    bool m_closing = false; // flush, close frame, end
    bool m_closed = false;
    std::uint16_t m_closeCode = 1000;
    std::string m_closeReason;
};

template <class Fill>
wire::Result<std::size_t> ClientSession::sendData(Stream &stream, std::size_t most, Fill fill)
{
    wire::Result<std::size_t> taken = 0;
    const auto bytes =
        m_queue.append(stream.id, wire::FrameKind::Data, most, true, [&](std::string &out) { taken = fill(out); });
    if (bytes > 0) {
        stream.credit.take(bytes);
        m_wake.notify();
    }
    return taken;
}

} // namespace relay
