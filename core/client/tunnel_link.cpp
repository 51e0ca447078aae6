#include "client/tunnel_link.h"

#include "client/message_split.h"
#include "wire/frame.h"
#include "wire/msgpack_codec.h"

#include <QTimer>

namespace client {

namespace {

constexpr std::chrono::milliseconds kCloseTimeout{1000};
constexpr std::size_t kKeptBufferBytes = wire::kMiB; // more is given back after a burst

template <class T>
wire::Result<> onlyError(const wire::Result<T> &result)
{
    if (!result)
        return std::unexpected(result.error());
    return {};
}

// The user opens them by a click: no file and no other program may be behind it.
bool hasWebUrls(const wire::ConnectionEstablished &established)
{
    const auto isWeb = [](std::string_view url) {
        return url.empty() || url.starts_with("http://") || url.starts_with("https://");
    };
    return isWeb(established.publicUrl) && isWeb(established.subdomainUrl) && isWeb(established.pathBasedUrl);
}

} // namespace

TunnelLink::TunnelLink(LinkId id, LinkAddress address, StreamSettings settings, LinkServices services, Report sink,
                       QObject *parent)
    : QObject(parent),
      m_id(id),
      m_settings(std::move(settings)),
      m_services(services),
      m_report(std::move(sink)),
      m_socket(std::move(address))
{
    if (m_settings.guard) {
        m_held = std::make_unique<HeldRequests>(static_cast<StreamHost &>(*this), m_settings.guard,
                                                [this](const AdmittedRequest &request) { admit(request); });
        connect(m_settings.guard.get(), &TunnelGuard::expired, this, &TunnelLink::endStreams);
    }
    m_outboxDue.setSingleShot(true);
    connect(&m_outboxDue, &QTimer::timeout, this, &TunnelLink::framesAdded);
    connect(&m_socket, &LinkSocket::opened, this, &TunnelLink::onOpened);
    connect(&m_socket, &LinkSocket::message, this, &TunnelLink::onMessage);
    connect(&m_socket, &LinkSocket::ponged, this, [this] { m_heard = true; });
    connect(&m_socket, &LinkSocket::bytesWritten, this, &TunnelLink::onBytesWritten);
    connect(&m_socket, &LinkSocket::refused, this, [this](const auto &why) { report(event::Refused{m_id, why}); });
    connect(&m_socket, &LinkSocket::lost, this, [this](const auto &why) { report(event::LinkLost{m_id, why}); });
}

TunnelLink::~TunnelLink()
{
    m_closed = true;
    m_socket.disconnect(this);
}

void TunnelLink::report(const Event &event)
{
    if (!m_closed)
        m_report(event);
}

void TunnelLink::sendControl(const wire::ControlMessage &message)
{
    const auto at = wire::beginFrame(m_frames, 0, wire::FrameKind::Control);
    wire::encodeControl(m_frames, message);
    wire::finishFrame(m_frames, at);
    framesAdded();
}

void TunnelLink::onOpened()
{
    if (m_socket.speaksV1())
        m_v1 = std::make_unique<V1Frames>();
    report(event::LinkOpened{m_id, m_v1 != nullptr});
}

// API Gateway answers WebSocket pings itself, whatever became of the tunnel.
void TunnelLink::ping()
{
    if (m_v1)
        sendControl(wire::Ping{});
    else
        m_socket.ping();
}

void TunnelLink::onMessage(const QByteArray &message)
{
    m_heard = true;
    const std::string_view bytes(message.constData(), std::size_t(message.size()));
    if (!m_v1)
        return onFrames(bytes);
    if (auto read = m_v1->onMessage(bytes, std::chrono::steady_clock::now()); !read)
        return breach(read.error());
    onFrames(m_v1->takeFrames());
    framesAdded();
}

void TunnelLink::onFrames(std::string_view frames)
{
    wire::FrameReader reader(frames);
    while (!m_closed) {
        const auto frame = reader.next();
        if (!frame)
            return breach(frame.error());
        if (!*frame)
            return;
        if (auto handled = onFrame(**frame); !handled)
            return breach(handled.error());
    }
}

void TunnelLink::breach(const wire::Error &why)
{
    if (m_closed)
        return;
    m_socket.close(QWebSocketProtocol::CloseCodeProtocolError, QString::fromStdString(why.message));
    report(event::LinkLost{m_id, {wire::Code::ProtocolError, why.message}});
}

wire::Result<> TunnelLink::onFrame(const wire::Frame &frame)
{
    if (frame.kind == wire::FrameKind::Control)
        return onControl(frame.payload);
    if (!m_established)
        return wire::fail(wire::Code::ProtocolError, "a stream before connection_established");
    if (frame.kind == wire::FrameKind::RequestHead)
        return onRequestHead(frame);
    if (frame.kind == wire::FrameKind::ResponseHead)
        return wire::fail(wire::Code::ProtocolError, "a response head from the server");
    if (m_held && m_held->holds(frame.stream))
        return m_held->onFrame(frame);
    const auto stream = m_streams.find(frame.stream);
    if (stream == m_streams.end())
        return {}; // it has just ended here
    return onStreamFrame(*stream->second, frame);
}

wire::Result<> TunnelLink::onStreamFrame(LocalRequest &stream, const wire::Frame &frame)
{
    switch (frame.kind) {
    case wire::FrameKind::Data: return stream.onData(frame.payload);
    case wire::FrameKind::Window: {
        const auto credit = wire::decodeWindow(frame.payload);
        return credit ? stream.onWindow(*credit) : onlyError(credit);
    }
    case wire::FrameKind::End: {
        const auto trailers = wire::decodeTrailers(frame.payload);
        if (trailers)
            stream.onEnd(*trailers);
        return onlyError(trailers);
    }
    case wire::FrameKind::Reset: {
        const auto why = wire::decodeReset(frame.payload);
        if (why)
            stream.onReset(*why);
        return onlyError(why);
    }
    default: return wire::fail(wire::Code::ProtocolError, "a frame that does not belong to a stream");
    }
}

wire::Result<> TunnelLink::onRequestHead(const wire::Frame &frame)
{
    auto head = wire::decodeRequestHead(frame.payload);
    if (!head)
        return onlyError(head);
    if (m_streams.contains(frame.stream) || (m_held && m_held->holds(frame.stream)))
        return wire::fail(wire::Code::ProtocolError, "a stream was begun twice");
    if (m_paused) {
        refuseWhilePaused(frame.stream, *head);
        return {};
    }
    if (streams() >= wire::kMaxStreamsPerLink) {
        refuseStream(frame.stream, {wire::Code::RateLimited, "too many requests at once on this link"});
        return {};
    }
    if (!m_held || m_held->admits(frame.stream, *head))
        addStream(frame.stream, std::move(*head)).start();
    return {};
}

LocalRequest &TunnelLink::addStream(std::uint32_t stream, wire::RequestHead head)
{
    StreamHost &host = *this;
    return *m_streams.emplace(stream, std::make_unique<LocalRequest>(stream, std::move(head), host)).first->second;
}

void TunnelLink::admit(const AdmittedRequest &request)
{
    auto &begun = addStream(request.stream, request.head);
    if (request.whole)
        return begun.startWhole(request.body, request.trailers);
    begun.start();
    if (!request.body.empty())
        std::ignore = begun.onData(request.body); // within the first window
    if (request.ended)
        begun.onEnd(request.trailers);
}

void TunnelLink::refuseStream(std::uint32_t stream, const wire::Error &why)
{
    const auto at = wire::beginFrame(m_frames, stream, wire::FrameKind::Reset);
    wire::encodeReset(m_frames, why);
    wire::finishFrame(m_frames, at);
    framesAdded();
}

// A WebSocket would go on for days after the tunnel's time.
void TunnelLink::endStreams()
{
    const wire::Error why{wire::Code::Forbidden, "The time you set for this tunnel is over."};
    auto ending = std::exchange(m_streams, {});
    for (auto &[id, stream] : ending) {
        refuseStream(id, {why.code, "the tunnel's time is over"});
        stream->abort(why);
        m_ended.push_back(std::move(stream));
    }
}

void TunnelLink::refuseWhilePaused(std::uint32_t stream, const wire::RequestHead &head)
{
    m_services.log.finish(begin(head), ExchangeState::Aborted,
                          {wire::Code::LocalServiceUnavailable, "The tunnel is paused: nothing reaches your service."});
    refuseStream(stream, {wire::Code::LocalServiceUnavailable, "the tunnel is paused"});
}

wire::Result<> TunnelLink::onControl(std::string_view payload)
{
    const auto message = wire::decodeControl(payload);
    if (!message)
        return onlyError(message);
    const auto *established = std::get_if<wire::ConnectionEstablished>(&*message);
    if (established && !hasWebUrls(*established))
        return wire::fail(wire::Code::ProtocolError, "the server gave the tunnel an address that is none of the web");
    std::visit([this](const auto &what) { on(what); }, *message);
    return {};
}

void TunnelLink::on(const wire::ConnectionEstablished &established)
{
    m_established = true;
    m_settings.label.name = QString::fromStdString(established.tunnelId);
    report(event::Established{m_id, established});
}

void TunnelLink::on(const wire::ErrorMessage &message)
{
    if (message.requestId.empty())
        report(event::Refused{m_id, message.error});
}

void TunnelLink::on(const wire::Draining &)
{
    report(event::Draining{m_id});
}

void TunnelLink::on(const wire::Ping &)
{
    sendControl(wire::Pong{});
}

void TunnelLink::framesAdded()
{
    if (m_flushScheduled)
        return;
    m_flushScheduled = true;
    QMetaObject::invokeMethod(this, &TunnelLink::flush, Qt::QueuedConnection);
}

void TunnelLink::flush()
{
    m_flushScheduled = false;
    m_ended.clear();
    if (m_v1)
        sendV1();
    else
        sendFrames();
    m_socket.flush();
    m_congested = unsent() > qint64(wire::kLinkQueueBytes);
    reportIfDrained();
}

void TunnelLink::sendFrames()
{
    std::string_view rest = m_frames;
    while (!rest.empty() && !m_closed) {
        const std::size_t bytes = nextMessageBytes(rest);
        m_socket.send(rest.substr(0, bytes));
        rest.remove_prefix(bytes);
    }
    m_frames.clear();
    if (m_frames.capacity() > kKeptBufferBytes)
        m_frames.shrink_to_fit();
}

void TunnelLink::sendV1()
{
    const auto now = std::chrono::steady_clock::now();
    m_v1->onFrames(std::exchange(m_frames, {}), now);
    for (auto &message : m_v1->takeMessages())
        m_outbox.add(std::move(message));
    for (const auto &message : m_outbox.take(now))
        m_socket.send(message);
    if (const auto wait = m_outbox.wait(now); wait && !m_closed)
        m_outboxDue.start(*wait);
    onFrames(m_v1->takeFrames());
}

void TunnelLink::onBytesWritten()
{
    reportIfDrained();
    if (!m_congested || unsent() > qint64(wire::kLinkQueueBytes / 2))
        return;
    m_congested = false;
    std::vector<std::uint32_t> streams;
    streams.reserve(m_streams.size());
    for (const auto &[id, stream] : m_streams)
        streams.push_back(id);
    for (const std::uint32_t id : streams) {
        if (const auto stream = m_streams.find(id); stream != m_streams.end())
            stream->second->resume();
    }
}

void TunnelLink::streamFinished(std::uint32_t stream)
{
    const auto found = m_streams.find(stream);
    if (found == m_streams.end())
        return;
    m_ended.push_back(std::move(found->second));
    m_streams.erase(found);
    framesAdded();
}

void TunnelLink::watchDrain()
{
    m_watchingDrain = true;
    framesAdded();
}

void TunnelLink::reportIfDrained()
{
    if (m_watchingDrain && streams() == 0 && unsent() == 0)
        report(event::Drained{m_id});
}

void TunnelLink::close(const wire::Error &why)
{
    if (m_closed)
        return;
    m_closed = true;
    m_frames.clear();
    m_outboxDue.stop();
    const auto told = why.message.empty() ? wire::Error{wire::Code::ConnectionLost, "the tunnel was closed"} : why;
    if (m_held)
        m_held->abort(told);
    auto ending = std::exchange(m_streams, {});
    for (const auto &[id, stream] : ending)
        stream->abort(told);
    for (auto &[id, stream] : ending)
        m_ended.push_back(std::move(stream));
    m_socket.close(QWebSocketProtocol::CloseCodeGoingAway, QString());
    if (m_socket.isClosed())
        return deleteLater();
    connect(&m_socket, &LinkSocket::lost, this, &QObject::deleteLater);
    connect(&m_socket, &LinkSocket::refused, this, &QObject::deleteLater);
    QTimer::singleShot(kCloseTimeout, this, &QObject::deleteLater);
}

} // namespace client
