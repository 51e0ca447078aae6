#include "ttf/sample_server.h"

#include "edge/route.h"
#include "http1/serialize.h"
#include "wire/limits.h"

#include <QHostAddress>
#include <QUrl>

#include <algorithm>

namespace ttf {

namespace {

void write(QTcpSocket &socket, const std::string &text)
{
    socket.write(text.data(), static_cast<qint64>(text.size()));
}

} // namespace

SampleServer::SampleServer(QObject *parent) : QObject(parent)
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection())
            new SampleConnection(socket, *this); // owned by itself, and by the server through its socket
    });
}

wire::Result<quint16> SampleServer::listen()
{
    if (!m_server.listen(QHostAddress::LocalHost))
        return wire::fail(wire::Code::InternalError, "the sample site: " + m_server.errorString().toStdString());
    return m_server.serverPort();
}

void SampleServer::allowHost(const QString &host)
{
    const auto normal = edge::normalizeHost(host.toStdString());
    if (normal && !normal->empty() && std::ranges::find(m_hosts, *normal) == m_hosts.end())
        m_hosts.push_back(*normal);
}

void SampleServer::allowHostsOf(const client::TunnelStatus &status)
{
    for (const auto &url : {status.publicUrl, status.subdomainUrl, status.pathBasedUrl})
        allowHost(QUrl(url).host());
}

bool SampleServer::isOwnHost(const wire::HeaderList &headers) const
{
    const auto field = wire::findHeader(headers, "host");
    if (!field || field->empty())
        return true; // no browser leaves it out
    const auto host = edge::normalizeHost(*field);
    return host && (*host == "localhost" || host->ends_with(".localhost") || edge::isIpLiteral(*host) ||
                    std::ranges::find(m_hosts, *host) != m_hosts.end());
}

SampleConnection::SampleConnection(QTcpSocket *socket, const SampleServer &server)
    : QObject(socket), m_socket(socket), m_server(server)
{
    const std::chrono::milliseconds interval = wire::kSampleClockInterval;
    m_clock.setInterval(interval);
    connect(&m_clock, &QTimer::timeout, this,
            [this] { write(*m_socket, clockEvent(QDateTime::currentDateTimeUtc())); });
    connect(m_socket, &QTcpSocket::readyRead, this, &SampleConnection::onReadyRead);
    connect(m_socket, &QTcpSocket::disconnected, m_socket, &QObject::deleteLater);
}

void SampleConnection::onReadyRead()
{
    m_unread += m_socket->readAll().toStdString();
    while (!m_clock.isActive() && m_socket->state() == QAbstractSocket::ConnectedState && readRequest())
        answer();
}

bool SampleConnection::readRequest()
{
    while (!m_unread.empty() && !m_reader.complete()) {
        const auto taken = m_reader.feed(m_unread, m_body);
        if (!taken) {
            refuse(400, "Bad Request", "This is not HTTP.");
            return false;
        }
        m_unread.erase(0, *taken);
        if (m_body.size() > wire::kSampleBodyBytes) {
            refuse(413, "Content Too Large", "The sample site takes small forms only.");
            return false;
        }
        if (*taken == 0)
            break;
    }
    return m_reader.complete();
}

void SampleConnection::answer()
{
    if (!m_server.isOwnHost(m_reader.head().headers))
        return refuse(421, "Misdirected Request",
                      "This is no host of the sample site. Open it at the tunnel's address.");
    const SampleResponse response = sampleResponse(m_reader.head(), m_body);
    const bool close = response.clock || !m_reader.keepAlive();
    send(response, close);
    m_reader = http1::RequestReader();
    m_body.clear();
    if (response.clock)
        startClock();
    else if (close)
        m_socket->disconnectFromHost();
}

// The body runs until close: that needs no framing.
void SampleConnection::startClock()
{
    write(*m_socket, clockEvent(QDateTime::currentDateTimeUtc()));
    m_clock.start();
}

void SampleConnection::refuse(unsigned status, std::string_view reason, const std::string &text)
{
    send(sampleError(status, reason, text), true);
    m_unread.clear();
    m_socket->disconnectFromHost();
}

void SampleConnection::send(const SampleResponse &response, bool close)
{
    std::string out;
    http1::appendResponseHead(out, response.head,
                              close ? wire::HeaderList{{"Connection", "close"}} : wire::HeaderList{});
    write(*m_socket, out + response.body);
}

} // namespace ttf
