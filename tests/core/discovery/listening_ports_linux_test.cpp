#include "core/discovery/real_services.h"
#include "discovery/listening_ports.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QTest>

#include <algorithm>

using discovery::ListeningPort;
using discovery::listeningPorts;

namespace {

ListeningPort entryOf(quint16 port)
{
    const auto ports = listeningPorts().value();
    const auto entry = std::ranges::find(ports, port, &ListeningPort::port);
    return entry == ports.end() ? ListeningPort() : *entry;
}

} // namespace

class ListeningPortsLinuxTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsThisProgramsPorts()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const auto entry = entryOf(server.serverPort());
        QCOMPARE(entry.address, QStringLiteral("127.0.0.1"));
        QCOMPARE(entry.pid, QCoreApplication::applicationPid());
        const auto program = QFileInfo(QCoreApplication::applicationFilePath()).fileName();
        QVERIFY(program.startsWith(entry.process)); // the kernel keeps 15 bytes
        QVERIFY(!entry.process.isEmpty());
        const auto port = server.serverPort();
        server.close();
        QCOMPARE(entryOf(port), ListeningPort());
    }

    void tellsEachPortOnceAscending()
    {
        QTcpServer all;
        QTcpServer loopback;
        QVERIFY(all.listen(QHostAddress::AnyIPv4));
        QVERIFY(loopback.listen(QHostAddress::LocalHost));
        const auto ports = listeningPorts().value();
        QVERIFY(ports.size() >= 2);
        QVERIFY(std::ranges::adjacent_find(ports, std::ranges::greater_equal(), &ListeningPort::port) == ports.end());
        QCOMPARE(entryOf(all.serverPort()).address, QStringLiteral("0.0.0.0"));
    }

    void namesOtherPrograms()
    {
        const support::RealPython python("<title>x</title>");
        const support::RealNginx nginx;
        QCOMPARE(entryOf(python.port()).pid, python.pid());
        QVERIFY(entryOf(python.port()).process.startsWith(QStringLiteral("python3")));
        QCOMPARE(entryOf(nginx.port()).pid, nginx.pid()); // not its worker's
        QCOMPARE(entryOf(nginx.port()).process, QStringLiteral("nginx"));
    }

    void takesMilliseconds()
    {
        QElapsedTimer clock;
        clock.start();
        constexpr int kTimes = 20;
        for (int i = 0; i < kTimes; ++i)
            QVERIFY(listeningPorts().has_value());
        qInfo("%.1f ms", double(clock.elapsed()) / kTimes);
        QVERIFY(clock.elapsed() < 500 * kTimes);
    }
};

QTEST_GUILESS_MAIN(ListeningPortsLinuxTest)
#include "listening_ports_linux_test.moc"
