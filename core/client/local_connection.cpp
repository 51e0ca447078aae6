#include "client/local_connection.h"

#include "client/server_url.h"
#include "wire/limits.h"

#include <QCryptographicHash>
#include <QHostAddress>
#include <QNetworkProxy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimerEvent>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

namespace client {

namespace {

#ifdef Q_OS_WIN
using NativeSocket = SOCKET;
constexpr int kShutdownSend = SD_SEND;
#else
using NativeSocket = int;
constexpr int kShutdownSend = SHUT_WR;
#endif

bool isLocalhostName(const QString &host)
{
    return isLoopbackHost(host) && QHostAddress(host).isNull();
}

QSslConfiguration tlsConfiguration(const LocalTarget &target)
{
    auto configuration = QSslConfiguration::defaultConfiguration();
    configuration.setAllowedNextProtocols({QByteArrayLiteral("http/1.1")});
    if (target.verify != UpstreamTls::Verify)
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}

std::string addressText(const LocalTarget &target)
{
    const QString host = target.host.contains(u':') ? u'[' + target.host + u']' : target.host;
    return (host + u':' + QString::number(target.port)).toStdString();
}

} // namespace

LocalConnection::LocalConnection(LocalService &service) : m_service(service)
{
}

void LocalConnection::open(Listener &listener)
{
    m_listener = &listener;
    m_ipv4 = m_service.ipv4First;
    m_connectTimer.start(int(std::chrono::milliseconds{wire::kLocalConnectTimeout}.count()), this);
    makeSocket();
    connectToService();
}

void LocalConnection::makeSocket()
{
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket.release()->deleteLater(); // we are called by it
    }
    if (m_service.target.tls) {
        auto tls = std::make_unique<QSslSocket>();
        m_tls = tls.get();
        tls->setSslConfiguration(tlsConfiguration(m_service.target));
        connect(m_tls, &QSslSocket::encrypted, this, &LocalConnection::onUp);
        connect(m_tls, &QSslSocket::encryptedBytesWritten, this, &LocalConnection::onBytesWritten);
        m_socket = std::move(tls);
    } else {
        m_socket = std::make_unique<QTcpSocket>();
        connect(m_socket.get(), &QTcpSocket::connected, this, &LocalConnection::onUp);
        connect(m_socket.get(), &QTcpSocket::bytesWritten, this, &LocalConnection::onBytesWritten);
    }
    m_socket->setProxy(QNetworkProxy::NoProxy);
    m_socket->setReadBufferSize(wire::kLocalReadBytes);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, [this] {
        m_spoiled = m_listener == nullptr; // an idle connection has nothing to say
        if (m_listener)
            m_listener->onReadable();
    });
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, &LocalConnection::onError);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, [this] { finish(reason()); });
}

void LocalConnection::connectToService()
{
    const auto &target = m_service.target;
    QString host = target.host;
    if (isLocalhostName(host))
        host = QHostAddress(m_ipv4 ? QHostAddress::LocalHost : QHostAddress::LocalHostIPv6).toString();
    if (m_tls)
        m_tls->connectToHostEncrypted(host, target.port, target.host);
    else
        m_socket->connectToHost(host, target.port);
}

void LocalConnection::onUp()
{
    m_connectTimer.stop();
    if (m_tls && m_service.target.verify == UpstreamTls::Pin && !certificateMatches()) {
        m_socket->disconnect(this);
        m_socket->abort();
        return finish({wire::Code::LocalServiceUnavailable,
                       "The certificate of " + addressText(m_service.target) + " is not the pinned one."});
    }
    m_up = true;
    m_service.ipv4First = m_ipv4;
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    if (m_listener)
        m_listener->onConnected();
}

bool LocalConnection::certificateMatches() const
{
    const QByteArray wanted = QByteArray::fromHex(m_service.target.pinnedSha256);
    return !wanted.isEmpty() && m_tls->peerCertificate().digest(QCryptographicHash::Sha256) == wanted;
}

void LocalConnection::onError()
{
    if (!m_up && !m_down && tryOtherLoopback())
        return;
    finish(reason());
}

bool LocalConnection::tryOtherLoopback()
{
    const bool elsewhere = m_socket->error() == QAbstractSocket::ConnectionRefusedError ||
                           m_socket->error() == QAbstractSocket::NetworkError ||
                           m_socket->error() == QAbstractSocket::UnsupportedSocketOperationError ||
                           m_socket->error() == QAbstractSocket::SocketAddressNotAvailableError;
    if (m_otherTried || !elsewhere || !isLocalhostName(m_service.target.host))
        return false;
    m_otherTried = true;
    m_ipv4 = !m_ipv4;
    makeSocket();
    connectToService();
    return true;
}

wire::Error LocalConnection::reason() const
{
    const std::string address = addressText(m_service.target);
    if (m_up)
        return {wire::Code::InternalError, "The local service at " + address + " closed the connection."};
    switch (m_socket->error()) {
    case QAbstractSocket::ConnectionRefusedError:
        return {wire::Code::LocalServiceUnavailable, "Nothing listens on " + address + "."};
    case QAbstractSocket::HostNotFoundError:
        return {wire::Code::LocalServiceUnavailable, "The host of " + address + " is not known."};
    default:
        return {wire::Code::LocalServiceUnavailable,
                "Cannot connect to " + address + ": " + m_socket->errorString().toStdString() + "."};
    }
}

void LocalConnection::finish(const wire::Error &why)
{
    if (m_down)
        return;
    m_down = true;
    m_connectTimer.stop();
    if (m_listener)
        m_listener->onClosed(why);
}

void LocalConnection::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_connectTimer.timerId())
        return;
    m_socket->disconnect(this);
    m_socket->abort();
    finish({wire::Code::LocalServiceUnavailable, addressText(m_service.target) + " did not answer in time."});
}

bool LocalConnection::isQuiet() const
{
    char byte = 0;
    const auto peeked = ::recv(NativeSocket(m_socket->socketDescriptor()), &byte, 1, MSG_PEEK);
    return peeked < 0 && !m_socket->bytesAvailable(); // nothing there, not even the end
}

void LocalConnection::abandon()
{
    m_listener = nullptr;
    m_connectTimer.stop();
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
    }
}

std::size_t LocalConnection::read(std::span<char> into)
{
    const qint64 got = m_socket->read(into.data(), qint64(into.size()));
    return got > 0 ? std::size_t(got) : 0;
}

void LocalConnection::write(std::string_view bytes)
{
    if (m_down)
        return;
    m_socket->write(bytes.data(), qint64(bytes.size()));
    m_socket->flush();
}

std::size_t LocalConnection::unsent() const
{
    const qint64 cipher = m_tls ? m_tls->encryptedBytesToWrite() : 0;
    return m_down ? 0 : std::size_t(m_socket->bytesToWrite() + cipher);
}

void LocalConnection::onBytesWritten()
{
    if (m_finWanted)
        sendFin();
    if (m_listener)
        m_listener->onWritten();
}

void LocalConnection::shutdownSend()
{
    m_finWanted = true;
    sendFin();
}

void LocalConnection::sendFin()
{
    if (m_down || unsent() > 0)
        return;
    m_finWanted = false;
    if (m_tls)
        return m_socket->disconnectFromHost(); // TLS has no half-close that servers agree on
    ::shutdown(NativeSocket(m_socket->socketDescriptor()), kShutdownSend);
}

} // namespace client
