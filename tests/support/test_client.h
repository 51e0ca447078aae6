// A tunnel client that does what its test says, frame by frame: WebSocket (RFC 6455) written by hand, so that it can
// also misbehave. Blocking, bounded, on the test's thread.
#pragma once

#include "support/blocking_socket.h"
#include "wire/frame.h"
#include "wire/message.h"

#include <deque>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

namespace support {

struct ReceivedFrame {
    std::uint32_t stream = 0;
    wire::FrameKind kind = wire::FrameKind::Control;
    std::string payload;
};

// The connection ended; with the code of the close frame, or 1006 when there was none (RFC 6455 7.1.5).
struct LinkClosed : std::runtime_error {
    explicit LinkClosed(std::uint16_t closeCode)
        : std::runtime_error("the link was closed with " + std::to_string(closeCode)), code(closeCode)
    {
    }
    std::uint16_t code;
};

// A request as the relay sent it.
struct ClientRequest {
    std::uint32_t stream = 0;
    wire::RequestHead head;
};

// One masked WebSocket frame; `firstByte` is the FIN bit and the opcode.
[[nodiscard]] std::string webSocketFrame(unsigned firstByte, std::string_view payload);

class TestClient {
public:
    struct Options {
        std::string token{};
        std::string subprotocols{wire::kSubprotocolV2};
        std::string host{"localhost"};
        bool tls = false;
    };

    // The WebSocket handshake; throws when it is refused.
    explicit TestClient(std::uint16_t port) : TestClient(port, Options{}) {}
    TestClient(std::uint16_t port, const Options &options);

    [[nodiscard]] const std::string &subprotocol() const noexcept { return m_subprotocol; }

    // --- In: all throw LinkClosed, TimedOut, or std::runtime_error for what was not expected --------------------------
    [[nodiscard]] ReceivedFrame next();
    [[nodiscard]] std::optional<ReceivedFrame> nextWithin(std::chrono::milliseconds time);
    // The next frame, passing over window frames, which must be of this kind.
    [[nodiscard]] ReceivedFrame expect(wire::FrameKind kind);
    template <class Message>
    [[nodiscard]] Message expectControl()
    {
        return std::get<Message>(nextControl());
    }
    // A request; the end of one without a body is taken too.
    [[nodiscard]] ClientRequest expectRequest();
    [[nodiscard]] wire::Error expectReset(std::uint32_t stream);
    // The data of one stream to its end, giving back credit as it goes.
    [[nodiscard]] std::string readBody(std::uint32_t stream, wire::HeaderList *trailers = nullptr);
    // Passes over frames until the link is closed.
    [[nodiscard]] std::uint16_t expectClose();

    // --- Out ---------------------------------------------------------------------------------------------------------
    wire::ConnectionEstablished start(const wire::Ready &ready); // `ready` and its answer
    void sendControl(const wire::ControlMessage &message);
    void sendHead(std::uint32_t stream, const wire::ResponseHead &head);
    void sendData(std::uint32_t stream, std::string_view bytes); // in frames of the largest size
    void sendEnd(std::uint32_t stream, const wire::HeaderList &trailers = {});
    void sendReset(std::uint32_t stream, const wire::Error &error);
    void sendWindow(std::uint32_t stream, std::uint32_t credit);
    // A whole response with Content-Length.
    void respond(std::uint32_t stream, unsigned status, std::string_view body, wire::HeaderList headers = {});
    // One WebSocket message, binary unless told.
    void sendMessage(std::string_view message, bool binary = true);
    void sendWebSocketFrame(unsigned firstByte, std::string_view payload);
    void close(std::uint16_t code); // close frame
    BlockingSocket &socket() noexcept { return m_socket; }

private:
    void handshake(const Options &options, std::uint16_t port);
    void readWebSocketFrame();
    [[nodiscard]] wire::ControlMessage nextControl();
    void take(std::string_view message);

    BlockingSocket m_socket;
    std::string m_subprotocol;
    std::deque<ReceivedFrame> m_frames;
};

[[nodiscard]] inline wire::Ready readyFor(std::string name, std::string session = "session-1")
{
    wire::Ready ready;
    ready.name = std::move(name);
    ready.session = std::move(session);
    ready.clientVersion = "0";
    ready.clientOs = "test";
    return ready;
}

// Heads as a client sends them.
[[nodiscard]] wire::ResponseHead sizedHead(unsigned status, std::size_t length, wire::HeaderList headers = {});
[[nodiscard]] wire::ResponseHead streamedHead(unsigned status, wire::HeaderList headers = {});
[[nodiscard]] wire::ResponseHead emptyHead(unsigned status, wire::HeaderList headers = {});

} // namespace support
