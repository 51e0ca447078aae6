#include "embedded/desktop_relay.h"

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using embedded::DesktopRelay;

namespace {

constexpr int kWaitMs = 10'000;

bool answers(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    return socket.waitForConnected(kWaitMs);
}

} // namespace

class DesktopRelayTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void beforeTheStartThereIsNothing();
    void itListens();
    void aTakenPortGivesWayToTheNext();
    void noPortsAreAny();
    void whenAllAreTakenItCanBeTriedAgain();
    void itStartsOnce();
};

void DesktopRelayTest::beforeTheStartThereIsNothing()
{
    const DesktopRelay relay;
    QVERIFY(relay.url().isEmpty());
    QCOMPARE(relay.port(), quint16{0});
    QVERIFY(relay.token().isEmpty());
}

void DesktopRelayTest::itListens()
{
    DesktopRelay relay;
    QVERIFY(relay.start({0}));
    QVERIFY(relay.port() != 0);
    QCOMPARE(relay.url(), QUrl(QStringLiteral("http://127.0.0.1:%1").arg(relay.port())));
    QVERIFY(!relay.token().isEmpty());
    QVERIFY(answers(relay.port()));
}

void DesktopRelayTest::aTakenPortGivesWayToTheNext()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress(QHostAddress::LocalHost)));
    quint16 free = 0;
    {
        QTcpServer brief;
        QVERIFY(brief.listen(QHostAddress(QHostAddress::LocalHost)));
        free = brief.serverPort();
    }
    DesktopRelay relay;
    QVERIFY(relay.start({other.serverPort(), free, 0}));
    QCOMPARE(relay.port(), free);
}

void DesktopRelayTest::noPortsAreAny()
{
    DesktopRelay relay;
    QVERIFY(relay.start({}));
    QVERIFY(relay.port() != 0);
}

void DesktopRelayTest::whenAllAreTakenItCanBeTriedAgain()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress(QHostAddress::LocalHost)));
    DesktopRelay relay;
    const auto started = relay.start({other.serverPort()});
    QVERIFY(!started);
    QVERIFY(started.error().message.contains(std::to_string(other.serverPort())));
    QVERIFY(relay.url().isEmpty());
    QVERIFY(relay.start({other.serverPort(), 0}));
}

void DesktopRelayTest::itStartsOnce()
{
    DesktopRelay relay;
    QVERIFY(relay.start({0}));
    const quint16 port = relay.port();
    QCOMPARE(relay.start({0}).error().code, wire::Code::InvalidRequest);
    QCOMPARE(relay.port(), port);
}

QTEST_GUILESS_MAIN(DesktopRelayTest)
#include "desktop_relay_test.moc"
