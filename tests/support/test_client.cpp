#include "support/test_client.h"

#include "support/raw_visitor.h"
#include "wire/msgpack_codec.h"

namespace support {

namespace {

using namespace std::chrono_literals;

constexpr unsigned kContinuation = 0;
constexpr unsigned kText = 1;
constexpr unsigned kBinary = 2;
constexpr unsigned kClose = 8;
constexpr unsigned kPing = 9;
constexpr unsigned kPong = 10;
constexpr unsigned kFinal = 0x80;
constexpr std::uint16_t kNoCloseFrame = 1006;

constexpr std::string_view kKey = "dGhlIHNhbXBsZSBub25jZQ=="; // RFC 6455 1.3
constexpr std::string_view kAcceptOfKey = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

std::string bigEndian(std::uint64_t value, std::size_t bytes)
{
    std::string out;
    for (std::size_t i = bytes; i > 0; --i)
        out += static_cast<char>(value >> 8 * (i - 1) & 0xff);
    return out;
}

std::uint64_t fromBigEndian(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (const char c : bytes)
        value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

template <class T>
T orThrow(wire::Result<T> result)
{
    if (!result)
        throw std::runtime_error(result.error().message);
    return std::move(*result);
}

} // namespace

TestClient::TestClient(std::uint16_t port, const Options &options)
    : m_socket(port, {.tls = options.tls, .receiveBuffer = 0})
{
    handshake(options, port);
}

void TestClient::handshake(const Options &options, std::uint16_t port)
{
    std::string fields = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n";
    fields +=
        "Sec-WebSocket-Key: " + std::string(kKey) + "\r\nSec-WebSocket-Protocol: " + options.subprotocols + "\r\n";
    if (!options.token.empty())
        fields += "Authorization: Bearer " + options.token + "\r\n";
    m_socket.send(get(options.host + ":" + std::to_string(port), wire::kConnectPath, fields));
    http1::ResponseReader reader(false);
    std::string bytes;
    std::string none;
    while (!reader.headComplete()) {
        const auto more = m_socket.receive();
        if (more.empty())
            throw LinkClosed(kNoCloseFrame);
        bytes += more;
        bytes.erase(0, orThrow(reader.feed(bytes, none)));
    }
    m_socket.unread(bytes);
    if (reader.head().status != 101 || wire::findHeader(reader.head().headers, "Sec-WebSocket-Accept") != kAcceptOfKey)
        throw std::runtime_error("the handshake was refused with " + std::to_string(reader.head().status));
    m_subprotocol = wire::findHeader(reader.head().headers, "Sec-WebSocket-Protocol").value_or("");
}

// --- In --------------------------------------------------------------------------------------------------------------

void TestClient::readWebSocketFrame()
{
    const auto start = m_socket.receiveExactly(2);
    const unsigned opcode = static_cast<unsigned char>(start[0]) & 0x0f;
    std::uint64_t size = static_cast<unsigned char>(start[1]);
    if (size == 126)
        size = fromBigEndian(m_socket.receiveExactly(2));
    else if (size == 127)
        size = fromBigEndian(m_socket.receiveExactly(8));
    const auto payload = m_socket.receiveExactly(size);
    if (opcode == kPing)
        return sendWebSocketFrame(kFinal | kPong, payload);
    if (opcode == kClose) {
        sendWebSocketFrame(kFinal | kClose, payload);
        (void)m_socket.receiveToEnd(); // the server closes first (RFC 6455 7.1.1)
        m_socket.close();
        throw LinkClosed(static_cast<std::uint16_t>(fromBigEndian(std::string_view(payload).substr(0, 2))));
    }
    if (opcode == kBinary)
        return take(payload);
    if (opcode == kText || opcode == kContinuation)
        throw std::runtime_error("the relay sends whole binary messages only");
}

void TestClient::take(std::string_view message)
{
    wire::FrameReader reader(message);
    for (auto frame = orThrow(reader.next()); frame; frame = orThrow(reader.next()))
        m_frames.push_back({frame->stream, frame->kind, std::string(frame->payload)});
}

ReceivedFrame TestClient::next()
{
    auto frame = nextWithin(kBound); // pings keep the socket busy, so its own limit is not enough
    if (!frame)
        throw TimedOut();
    return std::move(*frame);
}

std::optional<ReceivedFrame> TestClient::nextWithin(std::chrono::milliseconds time)
{
    const auto end = std::chrono::steady_clock::now() + time;
    while (m_frames.empty()) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (!m_socket.readable(std::max(left, 0ms)))
            return std::nullopt;
        readWebSocketFrame();
    }
    auto frame = std::move(m_frames.front());
    m_frames.pop_front();
    return frame;
}

ReceivedFrame TestClient::expect(wire::FrameKind kind)
{
    auto frame = next();
    while (frame.kind == wire::FrameKind::Window && kind != wire::FrameKind::Window)
        frame = next();
    if (frame.kind == kind)
        return frame;
    auto what = "frame of kind " + std::to_string(static_cast<int>(frame.kind)) + " instead of " +
                std::to_string(static_cast<int>(kind));
    if (frame.kind == wire::FrameKind::Reset)
        what += ": " + orThrow(wire::decodeReset(frame.payload)).message;
    throw std::runtime_error(what);
}

wire::ControlMessage TestClient::nextControl()
{
    return orThrow(wire::decodeControl(expect(wire::FrameKind::Control).payload));
}

ClientRequest TestClient::expectRequest()
{
    const auto frame = expect(wire::FrameKind::RequestHead);
    ClientRequest request{frame.stream, orThrow(wire::decodeRequestHead(frame.payload))};
    if (request.head.body == wire::BodyKind::None && request.head.upgrade.empty())
        (void)expect(wire::FrameKind::End);
    return request;
}

wire::Error TestClient::expectReset(std::uint32_t stream)
{
    const auto frame = expect(wire::FrameKind::Reset);
    if (frame.stream != stream)
        throw std::runtime_error("a reset of stream " + std::to_string(frame.stream));
    return orThrow(wire::decodeReset(frame.payload));
}

std::string TestClient::readBody(std::uint32_t stream, wire::HeaderList *trailers)
{
    std::string body;
    for (;;) {
        const auto frame = next();
        if (frame.stream != stream)
            throw std::runtime_error("a frame of stream " + std::to_string(frame.stream));
        if (frame.kind == wire::FrameKind::End) {
            auto list = orThrow(wire::decodeTrailers(frame.payload));
            if (trailers)
                *trailers = std::move(list);
            return body;
        }
        if (frame.kind == wire::FrameKind::Reset)
            throw std::runtime_error("reset: " + orThrow(wire::decodeReset(frame.payload)).message);
        if (frame.kind != wire::FrameKind::Data)
            continue;
        body += frame.payload;
        sendWindow(stream, static_cast<std::uint32_t>(frame.payload.size()));
    }
}

std::uint16_t TestClient::expectClose()
{
    try {
        for (;;)
            (void)next();
    } catch (const LinkClosed &closed) {
        return closed.code;
    } catch (const ConnectionReset &) {
        return kNoCloseFrame;
    } catch (const ConnectionEnded &) {
        return kNoCloseFrame;
    }
}

// --- Out -------------------------------------------------------------------------------------------------------------

std::string webSocketFrame(unsigned firstByte, std::string_view payload)
{
    constexpr std::string_view mask = "mask";
    std::string out(1, static_cast<char>(firstByte));
    if (payload.size() < 126)
        out += static_cast<char>(0x80 | payload.size());
    else if (payload.size() < 65536)
        out += static_cast<char>(0x80 | 126) + bigEndian(payload.size(), 2);
    else
        out += static_cast<char>(0x80 | 127) + bigEndian(payload.size(), 8);
    out += mask;
    for (std::size_t i = 0; i < payload.size(); ++i)
        out += static_cast<char>(payload[i] ^ mask[i % mask.size()]);
    return out;
}

void TestClient::sendWebSocketFrame(unsigned firstByte, std::string_view payload)
{
    m_socket.send(webSocketFrame(firstByte, payload));
}

void TestClient::sendMessage(std::string_view message, bool binary)
{
    sendWebSocketFrame(kFinal | (binary ? kBinary : kText), message);
}

void TestClient::close(std::uint16_t code)
{
    sendWebSocketFrame(kFinal | kClose, bigEndian(code, 2));
}

wire::ConnectionEstablished TestClient::start(const wire::Ready &ready)
{
    sendControl(ready);
    auto answer = nextControl();
    if (const auto *error = std::get_if<wire::ErrorMessage>(&answer))
        throw std::runtime_error(error->error.message);
    return std::get<wire::ConnectionEstablished>(std::move(answer));
}

void TestClient::sendControl(const wire::ControlMessage &message)
{
    std::string payload;
    wire::encodeControl(payload, message);
    std::string out;
    wire::appendFrame(out, 0, wire::FrameKind::Control, payload);
    sendMessage(out);
}

void TestClient::sendHead(std::uint32_t stream, const wire::ResponseHead &head)
{
    std::string payload;
    wire::encodeResponseHead(payload, head);
    std::string out;
    wire::appendFrame(out, stream, wire::FrameKind::ResponseHead, payload);
    sendMessage(out);
}

void TestClient::sendData(std::uint32_t stream, std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto part = bytes.substr(0, wire::kMaxDataBytes);
        std::string out;
        wire::appendFrame(out, stream, wire::FrameKind::Data, part);
        sendMessage(out);
        bytes.remove_prefix(part.size());
    }
}

void TestClient::sendEnd(std::uint32_t stream, const wire::HeaderList &trailers)
{
    std::string payload;
    if (!trailers.empty())
        wire::encodeTrailers(payload, trailers);
    std::string out;
    wire::appendFrame(out, stream, wire::FrameKind::End, payload);
    sendMessage(out);
}

void TestClient::sendReset(std::uint32_t stream, const wire::Error &error)
{
    std::string payload;
    wire::encodeReset(payload, error);
    std::string out;
    wire::appendFrame(out, stream, wire::FrameKind::Reset, payload);
    sendMessage(out);
}

void TestClient::sendWindow(std::uint32_t stream, std::uint32_t credit)
{
    std::string out;
    wire::appendWindow(out, stream, credit);
    sendMessage(out);
}

void TestClient::respond(std::uint32_t stream, unsigned status, std::string_view body, wire::HeaderList headers)
{
    sendHead(stream, sizedHead(status, body.size(), std::move(headers)));
    sendData(stream, body);
    sendEnd(stream);
}

// --- Heads -----------------------------------------------------------------------------------------------------------

wire::ResponseHead emptyHead(unsigned status, wire::HeaderList headers)
{
    wire::ResponseHead head;
    head.status = status;
    head.reason = "Reason";
    head.headers = std::move(headers);
    return head;
}

wire::ResponseHead sizedHead(unsigned status, std::size_t length, wire::HeaderList headers)
{
    auto head = emptyHead(status, std::move(headers));
    head.headers.push_back({"Content-Length", std::to_string(length)});
    head.body = wire::BodyKind::Sized;
    return head;
}

wire::ResponseHead streamedHead(unsigned status, wire::HeaderList headers)
{
    auto head = emptyHead(status, std::move(headers));
    head.body = wire::BodyKind::Unknown;
    return head;
}

} // namespace support
