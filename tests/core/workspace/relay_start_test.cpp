#include "core/workspace/test_workspace.h"
#include "workspace/relay_start.h"

#include <QTcpServer>
#include <QTest>

using support::Home;
using support::TestLocalRelay;
using workspace::Notice;
using workspace::RelayStart;
using workspace::RunMemory;

namespace {

struct Bench {
    explicit Bench(const Home &home) : memory(home.paths().stateFolder)
    {
        if (!memory.load())
            qFatal("cannot load the state");
    }

    RunMemory memory;
    TestLocalRelay relay;
    Notice told;
    RelayStart start{relay, memory, [this](const Notice &notice) { told = notice; }};
};

class BrokenRelay : public TestLocalRelay {
public:
    wire::Result<> start(const QList<quint16> &ports) override
    {
        if (works)
            return TestLocalRelay::start(ports);
        return wire::fail(wire::Code::InternalError, "no loopback address");
    }
    bool works = false;
};

} // namespace

class RelayStartTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thePortStaysFromRunToRun();
    void aTakenPortIsToldAndComesBack();
    void itStartsOnce();
    void aFailureIsToldAndTriedAgain();
};

void RelayStartTest::thePortStaysFromRunToRun()
{
    const Home home;
    quint16 first = 0;
    {
        Bench bench(home);
        QCOMPARE(bench.start.port(), quint16{0});
        QVERIFY(bench.start.ensure());
        first = bench.start.port();
        QVERIFY(bench.told.text.isEmpty());
    }
    Bench bench(home);
    QCOMPARE(bench.start.port(), first); // known before it runs
    QVERIFY(bench.start.ensure());
    QCOMPARE(bench.relay.port(), first);
    QVERIFY(bench.told.text.isEmpty());
}

void RelayStartTest::aTakenPortIsToldAndComesBack()
{
    const Home home;
    quint16 first = 0;
    {
        Bench bench(home);
        QVERIFY(bench.start.ensure());
        first = bench.start.port();
    }
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress(QHostAddress::LocalHost), first));
    {
        Bench bench(home);
        QVERIFY(bench.start.ensure());
        QVERIFY(bench.relay.port() != first);
        QVERIFY(bench.told.text.contains(QString::number(first)));
        QVERIFY(bench.told.text.contains(QString::number(bench.relay.port())));
    }
    other.close();
    Bench bench(home);
    QVERIFY(bench.start.ensure());
    QCOMPARE(bench.relay.port(), first);
}

void RelayStartTest::itStartsOnce()
{
    const Home home;
    Bench bench(home);
    QVERIFY(bench.start.ensure());
    bench.relay.tried.clear();
    QVERIFY(bench.start.ensure());
    QVERIFY(bench.relay.tried.isEmpty());
}

void RelayStartTest::aFailureIsToldAndTriedAgain()
{
    const Home home;
    RunMemory memory(home.paths().stateFolder);
    BrokenRelay relay;
    Notice told;
    RelayStart start(relay, memory, [&told](const Notice &notice) { told = notice; });
    QVERIFY(!start.ensure());
    QVERIFY(told.text.contains(QStringLiteral("no loopback address")));
    relay.works = true;
    QVERIFY(start.ensure());
    QVERIFY(told.text.isEmpty());
}

QTEST_GUILESS_MAIN(RelayStartTest)
#include "relay_start_test.moc"
