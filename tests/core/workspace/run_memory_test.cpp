#include "core/workspace/test_workspace.h"
#include "workspace/run_memory.h"

#include <QTest>

using support::entryFor;
using support::Home;
using workspace::RunMemory;

class RunMemoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFirstRunOpensWhatStartsByItself();
    void laterRunsOpenWhatWasOpen();
    void thePortIsItsOwn();
    void aNamelessTunnelKeepsItsName();
    void whatWasToldOfAnExpiryIsKnown();
    void aDamagedFileIsTold();
};

void RunMemoryTest::theFirstRunOpensWhatStartsByItself()
{
    const Home home;
    RunMemory memory(home.paths().stateFolder);
    QVERIFY(memory.load());
    auto entry = entryFor(3000, QStringLiteral("shop"));
    QVERIFY(memory.wasOpen(entry));
    QVERIFY(memory.rememberPort(5000)); // of the relay that the first of them starts
    QVERIFY(memory.wasOpen(entry));
    entry.autostart = false;
    QVERIFY(!memory.wasOpen(entry));
}

void RunMemoryTest::laterRunsOpenWhatWasOpen()
{
    const Home home;
    const auto shop = entryFor(3000, QStringLiteral("shop"));
    const auto blog = entryFor(3001, QStringLiteral("blog"));
    QVERIFY(RunMemory(home.paths().stateFolder).rememberOpen({shop}));
    RunMemory memory(home.paths().stateFolder);
    QVERIFY(memory.load());
    QVERIFY(memory.wasOpen(shop));
    QVERIFY(!memory.wasOpen(blog));
    QVERIFY(memory.rememberOpen({}));
    QVERIFY(!memory.wasOpen(shop));
}

void RunMemoryTest::thePortIsItsOwn()
{
    const Home home;
    const settings::AppStateFile file(home.paths().stateFolder);
    QVERIFY(file.update([](settings::AppState &state) {
        state.rememberPort(QStringLiteral("http://localhost:3000"), 4000, QDateTime::currentDateTimeUtc()); // ttf's
    }));
    RunMemory memory(home.paths().stateFolder);
    QVERIFY(memory.load());
    QVERIFY(memory.portsToTry().isEmpty());
    QVERIFY(memory.rememberPort(5000));
    QVERIFY(memory.rememberPort(5001)); // stands in for it
    QVERIFY(memory.load());
    QCOMPARE(memory.relayPort(), quint16{5000});
    QCOMPARE(memory.portsToTry(), (QList<quint16>{5000, 5001}));
}

void RunMemoryTest::aNamelessTunnelKeepsItsName()
{
    const Home home;
    const QString name = RunMemory(home.paths().stateFolder).nameFor(entryFor(3000));
    QVERIFY(!name.isEmpty());
    RunMemory memory(home.paths().stateFolder);
    QVERIFY(memory.load());
    QCOMPARE(memory.nameFor(entryFor(3000)), name);
    QVERIFY(memory.nameFor(entryFor(3001)) != name);
}

void RunMemoryTest::whatWasToldOfAnExpiryIsKnown()
{
    using workspace::ExpiryStage;
    const Home home;
    const settings::TokenTime expiry(std::chrono::seconds(1'800'000'000));
    const QString account = QStringLiteral("https://relay.example.com");
    {
        RunMemory memory(home.paths().stateFolder);
        QVERIFY(memory.isNewExpiry(account, expiry, ExpiryStage::Soon));
        QVERIFY(!memory.isNewExpiry(account, expiry, ExpiryStage::Soon));
        QVERIFY(memory.isNewExpiry(account, expiry, ExpiryStage::Near));
        QVERIFY(!memory.isNewExpiry(account, expiry, ExpiryStage::Soon)); // the clock was set back
    }
    RunMemory next(home.paths().stateFolder);
    QVERIFY(next.load());
    QVERIFY(!next.isNewExpiry(account, expiry, ExpiryStage::Near));
    QVERIFY(next.isNewExpiry(account, expiry, ExpiryStage::Over));
    QVERIFY(next.isNewExpiry(account, expiry + std::chrono::hours(1), ExpiryStage::Soon)); // another token
}

void RunMemoryTest::aDamagedFileIsTold()
{
    const Home home;
    Home::write(home.stateFile(), "{ not json");
    RunMemory memory(home.paths().stateFolder);
    QVERIFY(!memory.load());
    QCOMPARE(memory.relayPort(), quint16{0});
    QVERIFY(memory.rememberPort(5000));
    QVERIFY(memory.load());
}

QTEST_APPLESS_MAIN(RunMemoryTest)
#include "run_memory_test.moc"
