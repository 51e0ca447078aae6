// A public side for tests: a WebSocket server that speaks v2 frames, answers `ready` and keeps what streams sent.
// Lives on the test's thread.
#pragma once

#include "wire/frame.h"
#include "wire/msgpack_codec.h"

#include <QWebSocket>
#include <QWebSocketServer>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace support {

struct WireStream {
    std::vector<wire::ResponseHead> heads;
    std::string body;
    bool ended = false;
    std::optional<wire::Error> reset;
};

// One link as the server sees it.
struct WireClient {
    QWebSocket *socket = nullptr;
    std::optional<wire::Ready> ready;
    std::map<std::uint32_t, WireStream> streams;
    std::vector<wire::ControlMessage> controls;
    qint64 largestMessage = 0;
    int messages = 0;
    int pings = 0;
    bool gone = false;
    quint16 closeCode = 0;

    void send(const std::string &frames) const
    {
        socket->sendBinaryMessage(QByteArray(frames.data(), qsizetype(frames.size())));
    }
    void control(const wire::ControlMessage &message) const
    {
        std::string frames;
        const auto at = wire::beginFrame(frames, 0, wire::FrameKind::Control);
        wire::encodeControl(frames, message);
        wire::finishFrame(frames, at);
        send(frames);
    }
    void request(std::uint32_t stream, const char *method, const std::string &uri) const
    {
        std::string frames;
        appendRequest(frames, stream, method, uri);
        send(frames);
    }
    static void appendRequest(std::string &frames, std::uint32_t stream, const char *method, const std::string &uri)
    {
        wire::RequestHead head;
        head.method = method;
        head.uri = uri;
        head.headers = {{"Host", "shop.example"}};
        head.requestId = "req_00000000-0000-4000-8000-000000000000";
        head.remoteAddress = "203.0.113.7";
        const auto at = wire::beginFrame(frames, stream, wire::FrameKind::RequestHead);
        wire::encodeRequestHead(frames, head);
        wire::finishFrame(frames, at);
        wire::appendFrame(frames, stream, wire::FrameKind::End, {});
    }
};

class WireServer : public QObject {
public:
    explicit WireServer(quint16 port = 0, const QString &subprotocol = QStringLiteral("tunnel.v2.msgpack"))
        : m_server(QStringLiteral("relay"), QWebSocketServer::NonSecureMode)
    {
        m_server.setSupportedSubprotocols({subprotocol});
        connect(&m_server, &QWebSocketServer::newConnection, this, [this] { adopt(m_server.nextPendingConnection()); });
        m_server.listen(QHostAddress::LocalHost, port);
    }
    ~WireServer() override
    {
        for (const auto &client : clients)
            client->socket->disconnect(this);
    }

    [[nodiscard]] bool isListening() const { return m_server.isListening(); }
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port())); }
    [[nodiscard]] WireClient &client(std::size_t at = 0) { return *clients.at(at); }
    [[nodiscard]] std::size_t online() const
    {
        return std::size_t(std::ranges::count_if(clients, [](const auto &c) { return c->ready && !c->gone; }));
    }
    // As kill -9: connections end without a close frame.
    void crash()
    {
        m_server.close();
        for (const auto &client : clients)
            client->socket->abort();
    }
    void stopListening() { m_server.close(); }

    std::vector<std::unique_ptr<WireClient>> clients;
    bool answersReady = true;
    std::optional<wire::Error> refusal; // instead of connection_established
    wire::Limits limits;
    std::string drawnName = "a1b2c3d4e5f6";

private:
    void adopt(QWebSocket *socket)
    {
        clients.push_back(std::make_unique<WireClient>());
        auto &client = *clients.back();
        client.socket = socket;
        socket->setParent(this);
        connect(socket, &QWebSocket::binaryMessageReceived, this, [this, &client](const QByteArray &message) {
            client.largestMessage = std::max(client.largestMessage, qint64(message.size()));
            ++client.messages;
            wire::FrameReader reader({message.constData(), std::size_t(message.size())});
            for (auto frame = reader.next(); frame.has_value() && frame->has_value(); frame = reader.next())
                take(client, **frame);
        });
        connect(socket, &QWebSocket::disconnected, this, [&client] {
            client.gone = true;
            client.closeCode = quint16(client.socket->closeCode());
        });
    }
    void take(WireClient &client, const wire::Frame &frame)
    {
        if (frame.kind == wire::FrameKind::Control)
            return takeControl(client, wire::decodeControl(frame.payload).value());
        auto &stream = client.streams[frame.stream];
        if (frame.kind == wire::FrameKind::ResponseHead)
            stream.heads.push_back(wire::decodeResponseHead(frame.payload).value());
        else if (frame.kind == wire::FrameKind::Data)
            stream.body.append(frame.payload);
        else if (frame.kind == wire::FrameKind::End)
            stream.ended = true;
        else if (frame.kind == wire::FrameKind::Reset)
            stream.reset = wire::decodeReset(frame.payload).value();
    }
    void takeControl(WireClient &client, const wire::ControlMessage &message)
    {
        client.controls.push_back(message);
        const auto *ready = std::get_if<wire::Ready>(&message);
        if (!ready)
            return;
        client.ready = *ready;
        if (refusal)
            return client.control(wire::ErrorMessage{{}, *refusal});
        if (!answersReady)
            return;
        wire::ConnectionEstablished established;
        established.connectionId = "c1";
        established.tunnelId = ready->name.empty() ? drawnName : ready->name;
        established.publicUrl = "http://" + established.tunnelId + ".localhost:1/";
        established.limits = limits;
        client.control(established);
    }

    QWebSocketServer m_server;
};

} // namespace support
