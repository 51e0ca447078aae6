#include "client/link_socket.h"

#include "client/websocket_frame.h"
#include "wire/limits.h"

#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QRandomGenerator>
#include <QSslSocket>
#include <QTimer>
#include <QWebSocketHandshakeOptions>

namespace client {

namespace {

QString text(std::string_view latin1)
{
    return QString::fromLatin1(latin1.data(), qsizetype(latin1.size()));
}

} // namespace

LinkSocket::LinkSocket(LinkAddress address, QObject *parent) : QObject(parent), m_address(std::move(address))
{
    m_socket.setMaxAllowedIncomingMessageSize(wire::kMaxMessageBytes);
    m_socket.setMaxAllowedIncomingFrameSize(wire::kMaxMessageBytes);
    m_socket.setOutgoingFrameSize(wire::kMaxMessageBytes);
    connect(&m_socket, &QWebSocket::connected, this, &LinkSocket::onConnected);
    connect(&m_socket, &QWebSocket::disconnected, this, &LinkSocket::onDisconnected);
    // A refused handshake leaves the socket in Connecting for ever and says so by this signal alone.
    connect(&m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this, [this] {
        if (!m_open)
            onFailure();
    });
    connect(&m_socket, &QWebSocket::binaryMessageReceived, this, [this](const QByteArray &bytes) {
        m_v1 ? refuseData(QStringLiteral("v1 has text messages only")) : Q_EMIT message(bytes);
    });
    connect(&m_socket, &QWebSocket::textMessageReceived, this, [this](const QString &received) {
        m_v1 ? Q_EMIT message(received.toUtf8()) : refuseData(QStringLiteral("v2 has binary messages only"));
    });
    connect(&m_socket, &QWebSocket::bytesWritten, this, &LinkSocket::bytesWritten);
    connect(&m_socket, &QWebSocket::pong, this, &LinkSocket::onPong);
    connect(&m_probe, &HandshakeProbe::answered, this, &LinkSocket::refused);
}

LinkSocket::~LinkSocket()
{
    m_socket.disconnect(this); // it closes itself aloud
}

void LinkSocket::open()
{
    QNetworkRequest request(m_address.url.webSocket);
    if (!m_address.token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_address.token.reveal());
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({text(wire::kSubprotocolV2), text(wire::kSubprotocolV1), text(wire::kSubprotocolSeed)});
    m_socket.setProxy(proxyFor(m_address.url, m_address.useSystemProxy));
    m_socket.open(request, options);
}

bool LinkSocket::takeProtocol()
{
    const QString protocol = m_socket.subprotocol();
    m_v1 = protocol == text(wire::kSubprotocolV1) || protocol == text(wire::kSubprotocolSeed);
    return m_v1 || protocol == text(wire::kSubprotocolV2);
}

void LinkSocket::refuseData(const QString &why)
{
    close(QWebSocketProtocol::CloseCodeDatatypeNotSupported, why);
}

void LinkSocket::onConnected()
{
    if (!takeProtocol()) {
        m_over = true;
        m_socket.close(QWebSocketProtocol::CloseCodeProtocolError);
        Q_EMIT refused({wire::Code::ProtocolError, "the server speaks neither tunnel.v2.msgpack nor tunnel.v1.json"});
        return;
    }
    m_open = true;
    m_transport = m_socket.findChild<QTcpSocket *>();
    m_tls = qobject_cast<QSslSocket *>(m_transport.data());
    Q_EMIT opened();
}

void LinkSocket::onDisconnected()
{
    if (m_open)
        return onFailure();
    // QSslSocket passes on that a connection did not come to be before it passes on why.
    QTimer::singleShot(0, this, &LinkSocket::onFailure);
}

void LinkSocket::onFailure()
{
    if (m_over)
        return;
    m_over = true;
    const bool reached = m_socket.peerPort() != 0 && m_socket.error() != QAbstractSocket::SslHandshakeFailedError;
    if (m_open || !reached)
        return reportLoss();
    // Called from inside the handshake: the socket must not be torn down under it.
    QTimer::singleShot(0, this, [this] { m_socket.abort(); });
    m_probe.ask(m_address.url, m_address.token, m_socket.proxy());
}

void LinkSocket::reportLoss()
{
    const QString reason = m_socket.closeReason();
    const QString why = !reason.isEmpty() ? reason
                        : m_open          ? QStringLiteral("the server closed the connection")
                                          : m_socket.errorString();
    Q_EMIT lost({wire::Code::ConnectionLost, why.toStdString()});
}

// Around QWebSocket, which itself only ever writes whole frames.
void LinkSocket::send(std::string_view message)
{
    if (!m_transport)
        return;
    const auto drawKey = [] { return QRandomGenerator::system()->generate(); };
    m_transport->write(m_v1 ? maskedTextFrames(message, wire::kV1MaxFrameBytes, drawKey)
                            : maskedBinaryFrame(message, drawKey()));
}

void LinkSocket::flush()
{
    if (m_transport)
        m_transport->flush();
}

void LinkSocket::ping()
{
    m_pingSent = std::chrono::steady_clock::now();
    m_socket.ping();
}

void LinkSocket::onPong()
{
    const auto sample = std::chrono::steady_clock::now() - m_pingSent;
    m_roundTrip = m_roundTrip.count() == 0 ? sample : (7 * m_roundTrip + sample) / 8;
    Q_EMIT ponged();
}

void LinkSocket::close(quint16 code, const QString &reason)
{
    if (m_socket.state() == QAbstractSocket::ConnectedState)
        m_socket.close(QWebSocketProtocol::CloseCode(code), reason);
    else
        m_socket.abort(); // a close frame means nothing before the handshake
}

// On TLS QWebSocket counts only what was not encrypted yet; the ciphertext waiting in its socket is the real queue.
qint64 LinkSocket::unsent() const
{
    return m_tls ? m_tls->bytesToWrite() + m_tls->encryptedBytesToWrite() : m_socket.bytesToWrite();
}

} // namespace client
