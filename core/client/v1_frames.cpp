#include "client/v1_frames.h"

#include "wire/frame.h"
#include "wire/msgpack_codec.h"

#include <algorithm>
#include <charconv>

namespace client {

namespace {

// The address that the server itself saw is the last one it named.
std::string visitorOf(const wire::HeaderList &headers)
{
    std::string_view last;
    for (const auto &[name, value] : headers)
        if (wire::sameFieldName(name, "X-Forwarded-For"))
            last = value;
    if (const auto comma = last.rfind(','); comma != std::string_view::npos)
        last.remove_prefix(comma + 1);
    last.remove_prefix(std::min(last.find_first_not_of(' '), last.size()));
    return std::string(last.substr(0, wire::kMaxAddressBytes));
}

wire::BodyKind bodyKindOf(wire::HttpRequest &request)
{
    const bool sized = wire::findHeader(request.headers, "Content-Length").has_value();
    if (request.more)
        return sized ? wire::BodyKind::Sized : wire::BodyKind::Unknown;
    if (!sized && request.body.empty())
        return wire::BodyKind::None;
    wire::setHeader(request.headers, "Content-Length", std::to_string(request.body.size()));
    return wire::BodyKind::Sized;
}

wire::RequestHead headOf(wire::HttpRequest &request)
{
    wire::removeHopByHop(request.headers);
    wire::RequestHead head;
    head.body = bodyKindOf(request);
    head.method = std::move(request.method);
    head.uri = std::move(request.uri);
    head.remoteAddress = visitorOf(request.headers);
    head.headers = std::move(request.headers);
    head.requestId = request.requestId;
    return head;
}

// What the local service says will come; 0 when it does not say.
std::uint64_t announcedBytes(const wire::HeaderList &headers)
{
    std::uint64_t bytes = 0;
    if (const auto length = wire::findHeader(headers, "Content-Length"))
        std::from_chars(length->data(), length->data() + length->size(), bytes);
    return bytes;
}

void appendReset(std::string &frames, std::uint32_t stream, const wire::Error &why)
{
    const auto at = wire::beginFrame(frames, stream, wire::FrameKind::Reset);
    wire::encodeReset(frames, why);
    wire::finishFrame(frames, at);
}

} // namespace

wire::Result<> V1Frames::onMessage(std::string_view text, wire::SteadyTime now)
{
    m_now = now;
    auto message = wire::decodeJson(text);
    if (!message && wire::isGatewayNotice(text))
        return {}; // the request whose piece was lost ends by its time limit; the others need the link
    if (!message)
        return std::unexpected(std::move(message).error());
    return std::visit([this](auto &what) { return on(what); }, *message);
}

template <class Control>
wire::Result<> V1Frames::on(Control &message)
{
    const auto at = wire::beginFrame(m_frames, 0, wire::FrameKind::Control);
    wire::encodeControl(m_frames, message);
    wire::finishFrame(m_frames, at);
    return {};
}

wire::Result<> V1Frames::on(wire::ConnectionEstablished &established)
{
    if (established.limits.maxBodyBytes != 0)
        m_maxBodyBytes = established.limits.maxBodyBytes;
    return on<wire::ConnectionEstablished>(established);
}

wire::Result<> V1Frames::on(wire::HttpResponse &)
{
    return wire::fail(wire::Code::ProtocolError, "a response from the server");
}

wire::Result<> V1Frames::on(wire::HttpRequest &request)
{
    if (m_streams.contains(request.requestId))
        return wire::fail(wire::Code::ProtocolError, "a request was sent twice");
    Exchange exchange{.request = takeEarly(request.requestId),
                      .requestId = request.requestId,
                      .replyTo = std::move(request.replyTo),
                      .begun = m_now};
    const auto head = headOf(request);
    const auto begun = exchange.request.begin(request.body, request.more);
    const auto framed = begun ? wire::checkFraming(head) : begun;
    if (!framed) {
        sendError(exchange, framed.error());
        return {};
    }
    const auto at = wire::beginFrame(m_frames, ++m_lastStream, wire::FrameKind::RequestHead);
    wire::encodeRequestHead(m_frames, head);
    wire::finishFrame(m_frames, at);
    m_streams.emplace(exchange.requestId, m_lastStream);
    tellBody(m_lastStream, m_exchanges.emplace(m_lastStream, std::move(exchange)).first->second);
    return {};
}

wire::ChunkAssembler V1Frames::takeEarly(const std::string &requestId)
{
    const auto found = m_early.find(requestId);
    if (found == m_early.end())
        return wire::ChunkAssembler(m_maxBodyBytes);
    auto chunks = std::move(found->second);
    m_early.erase(found);
    std::erase(m_earlyOrder, requestId);
    return chunks;
}

wire::ChunkAssembler &V1Frames::early(const std::string &requestId)
{
    if (!m_early.contains(requestId)) {
        m_earlyOrder.push_back(requestId);
        if (m_earlyOrder.size() > wire::kV1MaxEarlyBodies) {
            m_early.erase(m_earlyOrder.front());
            m_earlyOrder.pop_front();
        }
    }
    return m_early.try_emplace(requestId, m_maxBodyBytes).first->second;
}

wire::Result<> V1Frames::on(wire::BodyChunk &chunk)
{
    const auto stream = m_streams.find(chunk.requestId);
    if (stream == m_streams.end()) {
        if (std::ranges::find(m_ended, chunk.requestId) == m_ended.end())
            return early(chunk.requestId).add(std::move(chunk));
        return {};
    }
    const auto id = stream->second;
    auto &exchange = m_exchanges.at(id);
    if (auto added = exchange.request.add(std::move(chunk)); !added) {
        sendError(exchange, added.error());
        refuse(id, added.error());
        return {};
    }
    tellBody(id, exchange);
    return {};
}

wire::Result<> V1Frames::on(wire::Cancel &cancel)
{
    if (const auto stream = m_streams.find(cancel.requestId); stream != m_streams.end())
        refuse(stream->second, {wire::Code::Cancelled, cancel.reason});
    return {};
}

wire::Result<> V1Frames::on(wire::ErrorMessage &message)
{
    if (message.requestId.empty())
        return on<wire::ErrorMessage>(message);
    if (const auto stream = m_streams.find(message.requestId); stream != m_streams.end())
        refuse(stream->second, message.error);
    return {};
}

void V1Frames::refuse(std::uint32_t stream, const wire::Error &why)
{
    appendReset(m_frames, stream, why);
    forget(stream);
}

void V1Frames::tellBody(std::uint32_t stream, Exchange &exchange)
{
    exchange.waiting += exchange.request.take();
    std::string_view rest = exchange.waiting;
    while (!rest.empty() && exchange.credit.available() > 0) {
        const auto bytes = std::min({rest.size(), exchange.credit.available(), wire::kMaxDataBytes});
        wire::appendFrame(m_frames, stream, wire::FrameKind::Data, rest.substr(0, bytes));
        exchange.credit.take(bytes);
        rest.remove_prefix(bytes);
    }
    exchange.waiting.erase(0, exchange.waiting.size() - rest.size());
    if (!exchange.waiting.empty() || !exchange.request.complete() || std::exchange(exchange.requestTold, true))
        return;
    wire::appendFrame(m_frames, stream, wire::FrameKind::End, {});
}

void V1Frames::onFrames(std::string_view frames, wire::SteadyTime now)
{
    m_now = now;
    wire::FrameReader reader(frames);
    for (auto frame = reader.next(); frame && *frame; frame = reader.next())
        onFrame(**frame);
}

void V1Frames::onFrame(const wire::Frame &frame)
{
    if (frame.kind == wire::FrameKind::Control) {
        if (const auto message = wire::decodeControl(frame.payload))
            std::visit([this](const auto &what) { send(what); }, *message);
        return;
    }
    const auto exchange = m_exchanges.find(frame.stream);
    if (exchange != m_exchanges.end()) // it may have ended with what came from the other side
        onStreamFrame(frame.stream, exchange->second, frame);
}

void V1Frames::onStreamFrame(std::uint32_t stream, Exchange &exchange, const wire::Frame &frame)
{
    switch (frame.kind) {
    case wire::FrameKind::ResponseHead: return onResponseHead(stream, exchange, frame.payload);
    case wire::FrameKind::Data: return onResponseData(stream, exchange, frame.payload);
    case wire::FrameKind::End: sendLast(exchange); return forget(stream);
    case wire::FrameKind::Reset:
        if (const auto why = wire::decodeReset(frame.payload))
            sendError(exchange, *why);
        return forget(stream);
    case wire::FrameKind::Window:
        if (const auto credit = wire::decodeWindow(frame.payload); credit && exchange.credit.add(*credit))
            tellBody(stream, exchange);
        return;
    default: return;
    }
}

void V1Frames::onResponseHead(std::uint32_t stream, Exchange &exchange, std::string_view payload)
{
    auto head = wire::decodeResponseHead(payload);
    if (!head || head->status < 200) // interim heads have no message in v1
        return;
    exchange.head.requestId = exchange.requestId;
    exchange.head.replyTo = exchange.replyTo;
    exchange.head.statusCode = head->status;
    exchange.head.headers = std::move(head->headers);
    const auto room = wire::bodyRoom(exchange.head);
    if (!room) {
        sendError(exchange, room.error());
        return refuse(stream, room.error());
    }
    exchange.room = *room;
    if (head->body == wire::BodyKind::Sized && announcedBytes(exchange.head.headers) > m_maxBodyBytes)
        refuseLarge(stream, exchange);
}

void V1Frames::onResponseData(std::uint32_t stream, Exchange &exchange, std::string_view bytes)
{
    exchange.bodyBytes += bytes.size();
    if (exchange.bodyBytes > m_maxBodyBytes)
        return refuseLarge(stream, exchange);
    exchange.body += bytes;
    sendFull(exchange);
    if (!bytes.empty())
        wire::appendWindow(m_frames, stream, static_cast<std::uint32_t>(bytes.size()));
}

void V1Frames::refuseLarge(std::uint32_t stream, const Exchange &exchange)
{
    const wire::Error why{wire::Code::PayloadTooLarge, "the response is larger than the " +
                                                           std::to_string(m_maxBodyBytes) +
                                                           " bytes that the server passes on"};
    sendError(exchange, why);
    refuse(stream, why);
}

// Whole messages, but for the last byte: the last message must say that it is the last.
void V1Frames::sendFull(Exchange &exchange)
{
    for (auto room = exchange.headSent ? wire::kV1ChunkBodyBytes : exchange.room; exchange.body.size() > room;
         room = wire::kV1ChunkBodyBytes)
        sendPart(exchange, room, true);
}

void V1Frames::sendLast(Exchange &exchange)
{
    sendFull(exchange);
    sendPart(exchange, exchange.body.size(), false);
}

void V1Frames::sendPart(Exchange &exchange, std::size_t bytes, bool more)
{
    auto part = exchange.body.substr(0, bytes);
    exchange.body.erase(0, bytes);
    if (exchange.headSent) {
        send(wire::BodyChunk{.requestId = exchange.requestId,
                             .seq = ++exchange.lastSeq,
                             .body = std::move(part),
                             .more = more,
                             .replyTo = exchange.replyTo});
        return;
    }
    exchange.headSent = true;
    exchange.head.body = std::move(part);
    exchange.head.more = more;
    const auto taken = std::chrono::duration_cast<std::chrono::milliseconds>(m_now - exchange.begun);
    exchange.head.processingTimeMs = static_cast<std::uint64_t>(std::max<std::int64_t>(0, taken.count()));
    send(exchange.head);
}

void V1Frames::sendError(const Exchange &exchange, const wire::Error &why)
{
    send(wire::ErrorMessage{.requestId = exchange.requestId, .error = why, .replyTo = exchange.replyTo});
}

void V1Frames::forget(std::uint32_t stream)
{
    const auto exchange = m_exchanges.find(stream);
    if (exchange == m_exchanges.end())
        return;
    m_streams.erase(exchange->second.requestId);
    m_ended.push_back(std::move(exchange->second.requestId));
    m_exchanges.erase(exchange);
    if (m_ended.size() > wire::kV1RememberedRequests)
        m_ended.pop_front();
}

} // namespace client
