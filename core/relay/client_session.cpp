#include "relay/client_session.h"

#include "relay/tls_context.h"
#include "wire/ids.h"
#include "wire/message_order.h"
#include "wire/msgpack_codec.h"

#include <utility>

namespace relay {

namespace {

using wire::Code;
using wire::FrameKind;

// RFC 6455 7.4.1
constexpr std::uint16_t kCloseGoingAway = 1001;
constexpr std::uint16_t kCloseProtocolError = 1002;
constexpr std::uint16_t kClosePolicy = 1008;

} // namespace

ClientSession::ClientSession(Context &context, std::unique_ptr<LinkSocket> socket, std::string address)
    : m_context(context),
      m_socket(std::move(socket)),
      m_owner{{}, std::move(address)},
      m_connectionId(wire::drawSessionId()),
      m_wake(context.executor),
      m_finished(context.executor),
      m_readyDeadline(context.deadlines, [this] { refuse({Code::Timeout, "no `ready` in time"}, kClosePolicy); }),
      m_pingDeadline(context.deadlines,
                     [this] {
                         m_pingDue = true;
                         m_wake.notify();
                     }),
      m_closeDeadline(context.deadlines, [this] { m_socket->close(); })
{
    m_context.clients.insert(this);
    ++m_context.metrics.links;
}

ClientSession::~ClientSession()
{
    m_context.clients.erase(this);
    --m_context.metrics.links;
}

bool ClientSession::acceptsStreams() const noexcept
{
    return !m_name.empty() && !leaving() && m_streams.size() < m_context.config.limits.maxStreamsPerLink && !clogged();
}

// --- Life ------------------------------------------------------------------------------------------------------------

Task<bool> ClientSession::handshake(const wire::RequestHead &request)
{
    const auto idle = 2 * m_context.config.timeouts.ping;
    const auto error = co_await m_socket->accept(request, wire::kSubprotocolV2, idle);
    if (error)
        m_context.log.info("link_handshake_failed", {{"client", m_owner.address}, {"reason", error.message()}});
    co_return !error;
}

Task<> ClientSession::run(std::shared_ptr<ClientSession> self, wire::RequestHead request)
{
    const bool open = co_await self->handshake(request);
    if (!open)
        co_return;
    wire::Secret token(bearerToken(wire::findHeader(request.headers, "Authorization").value_or("")));
    request = {}; // it holds the token
    auto grant = co_await self->m_context.admitSoon(std::move(token), self->m_owner.address);
    self->m_context.tasks.spawn("link writer", writeFrames(self));
    if (grant) {
        self->m_place.reset();
        self->m_owner.identity = std::move(grant->identity);
        self->m_owner.claims = std::move(grant->claims);
        self->m_readyDeadline.arm(wire::kReadyTimeout);
    } else {
        self->refuse(std::move(grant.error()), kClosePolicy);
    }
    co_await self->readFrames();
    self->lost();
}

Task<> ClientSession::readFrames()
{
    boost::beast::flat_buffer buffer;
    while (!m_closing) {
        const auto error = co_await m_socket->read(buffer);
        if (error) {
            m_context.log.debug("link_ended", {{"connection_id", m_connectionId}, {"reason", error.message()}});
            co_return;
        }
        const auto bytes = buffer.cdata();
        auto handled = onMessage({static_cast<const char *>(bytes.data()), bytes.size()});
        buffer.clear();
        if (!handled)
            refuse(std::move(handled.error()), kCloseProtocolError);
    }
    co_await m_finished.wait();
}

Task<> ClientSession::writeFrames(std::shared_ptr<ClientSession> self)
{
    error_code error;
    while (!self->m_closed && !error) {
        if (std::exchange(self->m_pingDue, false)) {
            self->m_pingDeadline.arm(self->m_context.config.timeouts.ping);
            error = co_await self->m_socket->ping();
        } else if (!self->m_queue.empty()) {
            auto message = self->m_queue.take();
            error = co_await self->m_socket->write(message);
            self->m_queue.written(std::move(message));
            self->wakeSources();
        } else if (self->m_closing) {
            self->m_closeDeadline.arm(wire::kHandshakeTimeout);
            co_await self->m_socket->finish(self->m_closeCode, self->m_closeReason);
            break;
        } else {
            co_await self->m_wake.wait();
        }
    }
    self->m_closeDeadline.disarm();
    self->m_socket->close();
    self->m_finished.notify();
}

void ClientSession::lost()
{
    m_closed = true;
    m_wake.notify();
    m_closeDeadline.arm(wire::kLingerTimeout); // maybe nobody reads what is being written
    m_readyDeadline.disarm();
    m_pingDeadline.disarm();
    if (!m_name.empty()) {
        m_context.registry.release(m_name, *this, m_context.deadlines.now());
        m_journal.lost();
    }
    failStreams({Code::ConnectionLost, "the tunnel client went away"});
}

void ClientSession::refuse(wire::Error error, std::uint16_t closeCode)
{
    if (m_closing || m_closed)
        return;
    m_journal.refused(error);
    failStreams({Code::ConnectionLost, "the tunnel client's link was closed"});
    m_closeCode = closeCode;
    m_closeReason = wire::codeName(error.code);
    sendControl(wire::ErrorMessage{{}, std::move(error)});
    m_closing = true;
    m_wake.notify();
}

void ClientSession::evict(wire::Error reason)
{
    refuse(std::move(reason), kClosePolicy);
}

void ClientSession::drain(std::string reason)
{
    if (m_draining || m_closing)
        return;
    m_draining = true;
    sendControl(wire::Draining{std::move(reason)});
    closeIfDrained();
}

void ClientSession::closeIfDrained()
{
    if (!m_draining || m_closing || !m_streams.empty())
        return;
    m_closeCode = kCloseGoingAway;
    m_closing = true;
    m_wake.notify();
}

// --- Frames in -------------------------------------------------------------------------------------------------------

wire::Result<> ClientSession::onMessage(std::string_view message)
{
    if (m_closing)
        return {};
    wire::FrameReader reader(message);
    for (;;) {
        auto frame = reader.next();
        if (!frame)
            return std::unexpected(std::move(frame.error()));
        if (!*frame)
            return {};
        if (auto handled = onFrame(**frame); !handled)
            return handled;
    }
}

wire::Result<> ClientSession::onFrame(const wire::Frame &frame)
{
    if (frame.kind == FrameKind::Control)
        return onControl(frame.payload);
    if (frame.kind == FrameKind::RequestHead)
        return wire::fail(Code::ProtocolError, "only the server opens streams");
    const auto found = m_streams.find(frame.stream);
    if (found == m_streams.end()) {
        if (frame.stream > m_lastStream)
            return wire::fail(Code::ProtocolError, "a frame for a stream that was never opened");
        return {}; // it ended here while the frame was on its way
    }
    const auto stream = found->second;
    if (auto handled = onStreamFrame(*stream, frame); !handled) {
        m_context.log.warn("stream_error", {{"tunnel_id", m_name}, {"reason", handled.error().message}});
        resetStream(*stream, handled.error());
    }
    return {};
}

wire::Result<> ClientSession::onStreamFrame(Stream &stream, const wire::Frame &frame)
{
    if (frame.kind == FrameKind::Data)
        return stream.onData(frame.payload);
    if (frame.kind == FrameKind::Window) {
        auto credit = wire::decodeWindow(frame.payload);
        return credit ? stream.onWindow(*credit) : std::unexpected(std::move(credit.error()));
    }
    if (frame.kind == FrameKind::ResponseHead) {
        auto head = wire::decodeResponseHead(frame.payload);
        if (head)
            addTransportSecurity(m_context.config.tls, *head);
        return head ? stream.onResponseHead(std::move(*head)) : std::unexpected(std::move(head.error()));
    }
    if (frame.kind == FrameKind::End) {
        auto trailers = wire::decodeTrailers(frame.payload);
        auto ended = trailers ? stream.onEnd(std::move(*trailers)) : std::unexpected(std::move(trailers.error()));
        if (ended)
            finishStream(stream);
        return ended;
    }
    auto error = wire::decodeReset(frame.payload);
    if (!error)
        return std::unexpected(std::move(error.error()));
    // The visitor would take this code for its own request's fault.
    if (error->code == Code::HeadersTooLarge)
        error->code = Code::InternalError;
    stream.requestEnded = true;
    stream.fail(std::move(*error));
    finishStream(stream);
    return {};
}

wire::Result<> ClientSession::onControl(std::string_view payload)
{
    auto message = wire::decodeControl(payload);
    if (!message)
        return std::unexpected(std::move(message.error()));
    if (auto ordered = wire::checkFromClient(*message, !m_name.empty()); !ordered)
        return ordered;
    if (const auto *ready = std::get_if<wire::Ready>(&*message))
        return onReady(*ready);
    if (std::holds_alternative<wire::Ping>(*message)) {
        if (clogged())
            return wire::fail(Code::ProtocolError, "the client pings and does not read the answers");
        sendControl(wire::Pong{});
    } else if (std::holds_alternative<wire::Draining>(*message)) {
        m_draining = true;
        closeIfDrained();
    } else if (const auto *error = std::get_if<wire::ErrorMessage>(&*message)) {
        m_context.log.info("client_error", {{"tunnel_id", m_name}, {"reason", error->error.message}});
    }
    return {};
}

wire::Result<> ClientSession::onReady(const wire::Ready &ready)
{
    m_readyDeadline.disarm();
    if (m_context.draining) {
        refuse({Code::ConnectionLost, "this relay is shutting down"}, kCloseGoingAway);
        return {};
    }
    auto name = m_context.registry.claim(ready, m_owner, *this, m_context.deadlines.now());
    if (!name) {
        refuse(std::move(name.error()), kClosePolicy);
        return {};
    }
    establish(std::move(*name));
    return {};
}

void ClientSession::establish(std::string name)
{
    m_name = std::move(name);
    m_quotas = m_context.quotas.of(m_name, grant());
    auto urls = publicUrls(m_context.config, m_context.port, m_name);
    wire::ConnectionEstablished answer;
    answer.connectionId = m_connectionId;
    answer.tunnelId = m_name;
    answer.subdomainUrl = std::move(urls.subdomain);
    answer.pathBasedUrl = std::move(urls.path);
    for (auto *url : {&answer.subdomainUrl, &answer.pathBasedUrl}) {
        if (!url->empty())
            url->push_back('/');
    }
    answer.publicUrl = answer.subdomainUrl.empty() ? answer.pathBasedUrl : answer.subdomainUrl;
    answer.limits = toldLimits(m_context.config, m_quotas, maxBodyBytes());
    m_journal.online();
    sendControl(answer);
    m_pingDue = true; // the first round trip tells how far windows may grow
}

// --- Frames out ------------------------------------------------------------------------------------------------------

void ClientSession::sendControl(const wire::ControlMessage &message)
{
    m_queue.append(0, FrameKind::Control, wire::kMaxControlBytes, false,
                   [&](std::string &out) { wire::encodeControl(out, message); });
    m_wake.notify();
}

std::shared_ptr<Stream> ClientSession::openStream(const wire::RequestHead &head, bool visitorKeepAlive)
{
    do {
        ++m_lastStream;
    } while (m_lastStream == 0 || m_streams.contains(m_lastStream));
    auto stream = std::make_shared<Stream>(m_context.executor, head, visitorKeepAlive, m_budget,
                                           std::chrono::steady_clock::now());
    stream->id = m_lastStream;
    m_streams.emplace(stream->id, stream);
    ++m_context.metrics.streams;

    m_queue.append(stream->id, FrameKind::RequestHead, wire::kMaxHeadFrameBytes, false,
                   [&](std::string &out) { wire::encodeRequestHead(out, head); });
    if (head.body == wire::BodyKind::None && head.upgrade.empty())
        endRequest(*stream, {});
    m_wake.notify();
    return stream;
}

void ClientSession::endRequest(Stream &stream, const wire::HeaderList &trailers)
{
    if (std::exchange(stream.requestEnded, true))
        return;
    std::string payload;
    if (!trailers.empty())
        wire::encodeTrailers(payload, trailers);
    m_queue.append(stream.id, FrameKind::End, payload);
    m_wake.notify();
    finishStream(stream);
}

void ClientSession::resetStream(Stream &stream, const wire::Error &error)
{
    stream.requestEnded = true;
    if (!m_streams.contains(stream.id))
        return;
    std::string payload;
    wire::encodeReset(payload, error);
    m_queue.append(stream.id, FrameKind::Reset, payload);
    m_wake.notify();
    stream.fail(error);
    finishStream(stream);
}

void ClientSession::consumed(Stream &stream, std::size_t bytes)
{
    const auto credit = stream.consumed(bytes, std::chrono::steady_clock::now(), m_socket->roundTrip());
    if (credit == 0 || stream.finished() || !m_streams.contains(stream.id))
        return;
    m_queue.appendWindow(stream.id, credit);
    m_wake.notify();
}

void ClientSession::finishStream(Stream &stream)
{
    if (!stream.requestEnded || !stream.finished() || m_streams.erase(stream.id) == 0)
        return;
    --m_context.metrics.streams;
    closeIfDrained();
}

void ClientSession::failStreams(const wire::Error &error)
{
    for (auto &[id, stream] : std::exchange(m_streams, {})) {
        --m_context.metrics.streams;
        stream->requestEnded = true;
        stream->fail(error);
    }
}

void ClientSession::wakeSources()
{
    if (!m_sourcesPaused || m_queue.bytes() > wire::kLinkQueueBytes / 2)
        return;
    m_sourcesPaused = false;
    for (auto &[id, stream] : m_streams)
        stream->input().notify();
}

} // namespace relay
