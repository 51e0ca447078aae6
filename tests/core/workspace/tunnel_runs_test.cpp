#include "core/workspace/locked_store.h"
#include "core/workspace/test_workspace.h"
#include "workspace/tunnel_runs.h"

#include <QTest>

using client::Phase;
using settings::Secret;
using support::entryFor;
using support::Home;
using support::LockedStore;
using support::LoopbackRelay;
using support::TestLocalRelay;
using support::urlOf;
using workspace::TunnelList;
using workspace::TunnelRuns;

namespace {

struct Bench {
    explicit Bench(settings::SecretStore *store = nullptr)
        : runs({engine, list, relay, relayStart, memory, store ? *store : home.secrets})
    {
        if (!list.load())
            qFatal("cannot load the list");
    }
    QString add(const settings::TunnelEntry &entry)
    {
        const auto tunnel = TunnelList::made(entry);
        if (!list.insert(list.tunnels().size(), tunnel))
            qFatal("cannot add a tunnel");
        return tunnel.id;
    }
    Phase phase(const QString &id) const { return list.find(id)->status.phase; }

    Home home;
    workspace::RunMemory memory{home.paths().stateFolder};
    TestLocalRelay relay;
    workspace::RelayStart relayStart{relay, memory, [](const workspace::Notice &) {}};
    TunnelList list{home.tunnelsFile()};
    client::Engine engine;
    TunnelRuns runs;
};

std::unique_ptr<LoopbackRelay> relayWithToken(const Home &home, const QByteArray &token)
{
    auto config = support::quietConfig();
    const QString path = home.folder.filePath(QStringLiteral("tokens"));
    Home::write(path, token);
    config.auth.tokenFile = path.toStdString();
    return std::make_unique<LoopbackRelay>(config);
}

} // namespace

class TunnelRunsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theEmbeddedRelayStartsWithTheFirstTunnel();
    void aNamelessTunnelGetsItsName();
    void theTokenOfTheServerIsSent();
    void whyThereIsNoTokenIsTold();
    void aMissingTokenFileFails();
    void stoppingWhileAskingIsTheLastWord();
    void aFailedOneStartsAnewByReconnect();
    void aRestartStaysPausedAndAStopDoesNot();
};

void TunnelRunsTest::theEmbeddedRelayStartsWithTheFirstTunnel()
{
    Bench bench;
    const QString id = bench.add(entryFor(3000, QStringLiteral("shop")));
    const QString other = bench.add(entryFor(3001, QStringLiteral("blog")));
    QCOMPARE(bench.relay.port(), quint16{0});
    bench.runs.start(id);
    QCOMPARE(bench.phase(id), Phase::Connecting);
    QTRY_COMPARE(bench.phase(id), Phase::Online);
    QCOMPARE(bench.list.find(id)->publicUrl, workspace::embeddedUrl(QStringLiteral("shop"), bench.relay.port()));
    // Where the other one would be is known too, now.
    QCOMPARE(bench.list.find(other)->publicUrl, workspace::embeddedUrl(QStringLiteral("blog"), bench.relay.port()));
    bench.runs.stop(id);
    QCOMPARE(bench.phase(id), Phase::Stopped);
    bench.runs.start(QStringLiteral("unknown"));
}

void TunnelRunsTest::aNamelessTunnelGetsItsName()
{
    Bench bench;
    const QString id = bench.add(entryFor(3000));
    bench.runs.start(id);
    QTRY_COMPARE(bench.phase(id), Phase::Online);
    QCOMPARE(bench.list.find(id)->status.name, bench.memory.nameFor(entryFor(3000)));
}

void TunnelRunsTest::theTokenOfTheServerIsSent()
{
    Bench bench;
    const auto relay = relayWithToken(bench.home, "good");
    bench.home.secrets.set(settings::secretAccount(urlOf(*relay)), Secret("good"));
    const QString id = bench.add(entryFor(3000, QStringLiteral("shop"), urlOf(*relay)));
    bench.runs.start(id);
    QTRY_COMPARE(bench.phase(id), Phase::Online);
    QVERIFY(bench.list.find(id)->tokenSent);
    QCOMPARE(bench.relay.port(), quint16{0}); // nobody needs it
}

void TunnelRunsTest::whyThereIsNoTokenIsTold()
{
    LockedStore locked;
    Bench bench(&locked);
    const auto relay = relayWithToken(bench.home, "good");
    const QString id = bench.add(entryFor(3000, QStringLiteral("shop"), urlOf(*relay)));
    bench.runs.start(id);
    QTRY_COMPARE(bench.phase(id), Phase::Failed);
    const auto &tunnel = *bench.list.find(id);
    QCOMPARE(tunnel.status.reason.code, wire::Code::Unauthorized);
    QVERIFY(!tunnel.tokenSent);
    QVERIFY(tunnel.status.reason.message.find("the keyring is locked") != std::string::npos);
}

void TunnelRunsTest::aMissingTokenFileFails()
{
    Bench bench;
    auto entry = entryFor(3000, QStringLiteral("shop"), QUrl(QStringLiteral("http://127.0.0.1:9")));
    entry.tokenFile = QStringLiteral("/nowhere/token");
    const QString id = bench.add(entry);
    bench.runs.start(id);
    QCOMPARE(bench.phase(id), Phase::Failed);
    QVERIFY(bench.list.find(id)->status.reason.message.find("/nowhere/token") != std::string::npos);
}

void TunnelRunsTest::stoppingWhileAskingIsTheLastWord()
{
    Bench bench;
    const LoopbackRelay relay;
    const QString id = bench.add(entryFor(3000, QStringLiteral("shop"), urlOf(relay)));
    bench.runs.start(id);
    bench.runs.stop(id);
    bool answered = false;
    bench.home.secrets.read({}, this, [&answered](const auto &) { answered = true; });
    QTRY_VERIFY(answered);
    QCOMPARE(bench.phase(id), Phase::Stopped);
    bench.runs.forget(id);
}

void TunnelRunsTest::aFailedOneStartsAnewByReconnect()
{
    Bench bench;
    const auto relay = relayWithToken(bench.home, "good");
    const QString id = bench.add(entryFor(3000, QStringLiteral("shop"), urlOf(*relay)));
    bench.runs.start(id);
    QTRY_COMPARE(bench.phase(id), Phase::Failed);
    bench.home.secrets.set(settings::secretAccount(urlOf(*relay)), Secret("good"));
    bench.runs.reconnect(id);
    QTRY_COMPARE(bench.phase(id), Phase::Online);
    bool anew = false;
    connect(&bench.list, &TunnelList::changed, this, [&] { anew = anew || bench.phase(id) == Phase::Connecting; });
    bench.runs.reconnect(id);
    QTRY_VERIFY(anew);
    QTRY_COMPARE(bench.phase(id), Phase::Online);
}

void TunnelRunsTest::aRestartStaysPausedAndAStopDoesNot()
{
    Bench bench;
    const QString id = bench.add(entryFor(3000, QStringLiteral("shop")));
    bench.runs.start(id);
    bench.engine.setPaused(id, true);
    QTRY_VERIFY(bench.list.find(id)->status.paused);
    bench.runs.start(id);
    QTRY_COMPARE(bench.phase(id), Phase::Connecting);
    QTRY_COMPARE(bench.phase(id), Phase::Online);
    QVERIFY(bench.list.find(id)->status.paused);
    bench.runs.stop(id);
    bench.runs.start(id);
    QTRY_COMPARE(bench.phase(id), Phase::Online);
    QVERIFY(!bench.list.find(id)->status.paused);
}

QTEST_GUILESS_MAIN(TunnelRunsTest)
#include "tunnel_runs_test.moc"
