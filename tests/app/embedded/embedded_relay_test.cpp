#include "embedded/embedded_relay.h"
#include "wire/limits.h"

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using embedded::EmbeddedRelay;

namespace {

constexpr int kWaitMs = 10'000;

// The status line for a plain request with this token where tunnel clients connect: 401, or 400 because it is no
// WebSocket handshake.
QByteArray statusFor(const EmbeddedRelay &relay, const QByteArray &token)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), relay.port());
    socket.write("GET " + QByteArray(wire::kConnectPath.data(), static_cast<qsizetype>(wire::kConnectPath.size())) +
                 " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n");
    while (!socket.canReadLine() && socket.waitForReadyRead(kWaitMs)) {
    }
    return socket.readLine().trimmed();
}

} // namespace

class EmbeddedRelayTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itListensOnAFreePort();
    void onlyItsOwnTokenIsAccepted();
    void aTakenPortIsAnError();
    void itsPortIsFreeAfterwards();
};

void EmbeddedRelayTest::itListensOnAFreePort()
{
    const auto relay = EmbeddedRelay::start(0, false);
    QVERIFY2(relay, relay ? "" : relay.error().message.c_str());
    QVERIFY((*relay)->port() != 0);
    QCOMPARE((*relay)->url(), QUrl(QStringLiteral("http://127.0.0.1:%1").arg((*relay)->port())));
}

void EmbeddedRelayTest::onlyItsOwnTokenIsAccepted()
{
    const auto relay = EmbeddedRelay::start(0, false);
    QVERIFY(relay);
    QVERIFY(!(*relay)->token().isEmpty());
    QCOMPARE(statusFor(**relay, (*relay)->token().reveal()), QByteArray("HTTP/1.1 400 Bad Request"));
    QCOMPARE(statusFor(**relay, "another"), QByteArray("HTTP/1.1 401 Unauthorized"));
}

void EmbeddedRelayTest::aTakenPortIsAnError()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress(QHostAddress::LocalHost)));
    const auto relay = EmbeddedRelay::start(other.serverPort(), false);
    QVERIFY(!relay);
    QVERIFY(relay.error().message.contains(std::to_string(other.serverPort())));
}

void EmbeddedRelayTest::itsPortIsFreeAfterwards()
{
    quint16 port = 0;
    {
        const auto relay = EmbeddedRelay::start(0, false);
        QVERIFY(relay);
        port = (*relay)->port();
    }
    QVERIFY(EmbeddedRelay::start(port, false));
}

QTEST_GUILESS_MAIN(EmbeddedRelayTest)
#include "embedded_relay_test.moc"
