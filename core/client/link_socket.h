// The WebSocket of one link: opens it with token, proxy and subprotocol, learns why a handshake was refused, measures
// round trips, closes it politely. Owned by TunnelLink, engine thread. Has no handshake timer: the tunnel's ticks
// bound every stage.
#pragma once

#include "client/handshake_probe.h"
#include "client/server_url.h"
#include "client/tunnel_config.h"
#include "wire/result.h"

#include <QPointer>
#include <QSslSocket>
#include <QWebSocket>

#include <chrono>
#include <string_view>

namespace client {

struct LinkAddress {
    ServerUrl url;
    Token token;
    bool useSystemProxy = true;
};

class LinkSocket : public QObject {
    Q_OBJECT
public:
    explicit LinkSocket(LinkAddress address, QObject *parent = nullptr);
    ~LinkSocket() override;

    void open();
    // Which encoding the server took. Known from opened() on.
    [[nodiscard]] bool speaksV1() const { return m_v1; }
    // One message, binary in v2, text in v1; copied. Nothing before opened().
    void send(std::string_view message);
    // What was sent leaves now as far as the system takes it, not in a later turn. bytesWritten() may come from inside.
    void flush();
    void ping();
    void close(quint16 code, const QString &reason);

    [[nodiscard]] bool isClosed() const { return m_socket.state() == QAbstractSocket::UnconnectedState; }
    [[nodiscard]] qint64 unsent() const;
    [[nodiscard]] std::chrono::nanoseconds roundTrip() const { return m_roundTrip; } // 0 before the first pong

Q_SIGNALS:
    void opened();
    void message(const QByteArray &bytes);
    void ponged();
    void bytesWritten();
    void refused(const wire::Error &why); // by the server: final for this socket
    void lost(const wire::Error &why); // final for this socket

private:
    void onConnected();
    void onDisconnected();
    void onFailure();
    void onPong();
    void reportLoss();
    [[nodiscard]] bool takeProtocol();
    void refuseData(const QString &why);

    const LinkAddress m_address;
    QWebSocket m_socket;
    QPointer<QTcpSocket> m_transport; // inside m_socket, once it is open
    QPointer<QSslSocket> m_tls; // the same, when the link is encrypted
    HandshakeProbe m_probe;
    std::chrono::steady_clock::time_point m_pingSent;
    std::chrono::nanoseconds m_roundTrip{0};
    bool m_v1 = false;
    bool m_open = false;
    bool m_over = false;
};

} // namespace client
