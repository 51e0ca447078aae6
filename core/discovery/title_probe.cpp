#include "discovery/title_probe.h"

#include "wire/limits.h"

#include <QHostAddress>
#include <QNetworkProxy>

#include <utility>

namespace discovery {

namespace {

// Where a socket that listens at `text` can be reached from this computer.
QHostAddress reachable(const QString &text)
{
    const QHostAddress address(text);
    if (address == QHostAddress(QHostAddress::AnyIPv4))
        return {QHostAddress::LocalHost};
    return address == QHostAddress(QHostAddress::AnyIPv6) ? QHostAddress(QHostAddress::LocalHostIPv6) : address;
}

// HTTP/1.0, so that the page comes unchunked and ends with the connection.
QByteArray requestFor(quint16 port)
{
    return "GET / HTTP/1.0\r\nHost: localhost:" + QByteArray::number(port) +
           "\r\nAccept: text/html,*/*\r\nUser-Agent: http-tunnel\r\nConnection: close\r\n\r\n";
}

} // namespace

TitleProbe::TitleProbe(ListeningPort listening, std::chrono::milliseconds timeout, QObject *parent)
    : QObject(parent), m_listening(std::move(listening))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(timeout);
    connect(&m_timer, &QTimer::timeout, this, [this] { conclude(true); });
}

TitleProbe::~TitleProbe()
{
    dropSocket();
}

void TitleProbe::start()
{
    ask(false);
}

void TitleProbe::ask(bool tls)
{
    dropSocket();
    m_tls = tls;
    m_asked = false;
    m_received.clear();
    m_socket = new QSslSocket(this);
    m_socket->setProxy(QNetworkProxy::NoProxy);
    m_socket->setPeerVerifyMode(QSslSocket::VerifyNone);
    m_socket->setReadBufferSize(qint64(wire::kTitleProbeBytes));
    connect(m_socket, tls ? &QSslSocket::encrypted : &QAbstractSocket::connected, this, &TitleProbe::sendRequest);
    connect(m_socket, &QIODevice::readyRead, this, &TitleProbe::read);
    connect(m_socket, &QAbstractSocket::errorOccurred, this, [this] { conclude(false); });
    m_timer.start();
    const auto address = reachable(m_listening.address).toString();
    if (tls)
        m_socket->connectToHostEncrypted(address, m_listening.port, QStringLiteral("localhost"));
    else
        m_socket->connectToHost(address, m_listening.port);
}

void TitleProbe::sendRequest()
{
    m_asked = true;
    m_socket->write(requestFor(m_listening.port));
}

void TitleProbe::read()
{
    m_received += m_socket->read(qint64(wire::kTitleProbeBytes) - m_received.size());
    if (isAnswerEnough(m_received) || m_received.size() >= qsizetype(wire::kTitleProbeBytes))
        conclude(false);
}

// The end of an attempt, whatever ended it: enough came, the connection closed or broke, or time is up.
void TitleProbe::conclude(bool timedOut)
{
    m_timer.stop();
    const auto answer = parsePageAnswer(m_received);
    if (!m_tls && wantsTls(answer, timedOut)) {
        m_plainAnswer = answer;
        return ask(true);
    }
    dropSocket();
    if (m_tls && !answer.http)
        Q_EMIT answered(m_plainAnswer, false);
    else
        Q_EMIT answered(answer, m_tls);
}

// TLS services answer plain text with an alert, with 400 (nginx, Apache, Go), or by closing (Node.js).
bool TitleProbe::wantsTls(const PageAnswer &answer, bool timedOut) const
{
    constexpr unsigned kBadRequest = 400;
    const bool dropped = m_asked && !timedOut && m_received.isEmpty();
    return dropped || looksLikeTls(m_received) || answer.status == kBadRequest;
}

// Also from within its own signals.
void TitleProbe::dropSocket()
{
    if (auto *socket = std::exchange(m_socket, nullptr)) {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
}

} // namespace discovery
