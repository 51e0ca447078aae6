#include "core/workspace/test_workspace.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using client::Phase;
using settings::Secret;
using support::added;
using support::entryFor;
using support::Home;
using support::LoopbackRelay;
using support::Run;
using support::urlOf;
using workspace::Overall;

namespace {

const QString kShop = QStringLiteral("shop");
const QString kBlog = QStringLiteral("blog");

} // namespace

class WorkspaceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSameUrlsAfterARestart();
    void theSameUrlsAfterACrash();
    void theVeryFirstRunOpensWhatStartsByItself();
    void aTakenPortIsToldAndTheTunnelsWork();
    void aWrongTokenFailsUntilTheRightOneIsSaved();
    void aTakenNameFailsUntilRenamed();
    void aDamagedListIsToldAndMended();
    void anEditOutsideIsToldAndStopsNothing();
    void aDamagedStateAndDamagedPreferencesAreTold();
    void renamingMovesTheTunnel();
    void aDuplicateStandsBesideIt();
    void removingCanBeUndone();
    void wrongEntriesAreRefused();
    void allAtOnce();
    void pausing();
    void preferencesAreKept();
    void testingAServer();
};

void WorkspaceTest::theSameUrlsAfterARestart()
{
    Home home;
    QString shop;
    {
        Run run(home);
        added(run, entryFor(3000, kShop));
        const QString blog = added(run, entryFor(3001));
        QTRY_COMPARE(run.workspace.overall(), Overall::Up);
        run.workspace.stop(blog);
        shop = run.at(0).publicUrl;
        QCOMPARE(run.at(0).status.publicUrl, shop);
    }
    Run run(home);
    QCOMPARE(run.names(), (QStringList{kShop, QStringLiteral("port-3001")}));
    QCOMPARE(run.at(0).publicUrl, shop);
    QTRY_COMPARE(run.phase(0), Phase::Online);
    QCOMPARE(run.at(0).status.publicUrl, shop);
    QCOMPARE(run.phase(1), Phase::Idle);
    QVERIFY(!run.at(1).publicUrl.isEmpty()); // where it would be
}

// What is on disk while it runs is all that a crash leaves.
void WorkspaceTest::theSameUrlsAfterACrash()
{
    Home home;
    QByteArray tunnels;
    QByteArray state;
    QString url;
    {
        Run run(home);
        const QString shop = added(run, entryFor(3000, kShop));
        const QString blog = added(run, entryFor(3001, kBlog));
        QTRY_COMPARE(run.workspace.overall(), Overall::Up);
        run.workspace.stop(shop);
        url = run.workspace.find(blog)->publicUrl;
        tunnels = Home::read(home.tunnelsFile());
        state = Home::read(home.stateFile());
    }
    QVERIFY(QFile::remove(home.tunnelsFile()) && QFile::remove(home.stateFile()));
    Home::write(home.tunnelsFile(), tunnels);
    Home::write(home.stateFile(), state);
    Run run(home);
    QTRY_COMPARE(run.phase(1), Phase::Online);
    QCOMPARE(run.at(1).publicUrl, url);
    QVERIFY(!run.at(0).wanted);
    QVERIFY(run.notices.isEmpty());
}

void WorkspaceTest::theVeryFirstRunOpensWhatStartsByItself()
{
    Home home;
    Home::write(home.tunnelsFile(), "[[tunnel]]\nname = \"shop\"\ntarget = 3000\n\n"
                                    "[[tunnel]]\nname = \"blog\"\ntarget = 3001\nautostart = false\n\n"
                                    "[[tunnel]]\nname = \"wiki\"\ntarget = 3002\n");
    {
        Run run(home);
        QVERIFY(run.at(0).wanted);
        QVERIFY(!run.at(1).wanted);
        QVERIFY(run.at(2).wanted);
        run.workspace.stopAll();
    }
    Run run(home);
    QVERIFY(!run.at(0).wanted);
    QCOMPARE(run.workspace.overall(), Overall::Idle);
}

void WorkspaceTest::aTakenPortIsToldAndTheTunnelsWork()
{
    Home home;
    QString url;
    {
        Run run(home);
        added(run, entryFor(3000, kShop));
        QTRY_COMPARE(run.phase(), Phase::Online);
        url = run.at(0).publicUrl;
    }
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress(QHostAddress::LocalHost), quint16(QUrl(url).port())));
    {
        Run run(home);
        QTRY_COMPARE(run.phase(), Phase::Online);
        QVERIFY(run.at(0).publicUrl != url);
        QVERIFY(run.notices.value(QStringLiteral("relay")).contains(QString::number(QUrl(url).port())));
        QCOMPARE(run.workspace.notices().size(), 1);
        run.workspace.dismiss(QStringLiteral("relay"));
        QVERIFY(run.workspace.notices().isEmpty());
    }
    other.close();
    Run run(home);
    QTRY_COMPARE(run.phase(), Phase::Online);
    QCOMPARE(run.at(0).publicUrl, url);
}

void WorkspaceTest::aWrongTokenFailsUntilTheRightOneIsSaved()
{
    Home home;
    auto config = support::quietConfig();
    Home::write(home.folder.filePath(QStringLiteral("tokens")), "right");
    config.auth.tokenFile = home.folder.filePath(QStringLiteral("tokens")).toStdString();
    const LoopbackRelay relay(config);
    home.secrets.set(settings::secretAccount(urlOf(relay)), Secret("wrong"));
    Run run(home);
    added(run, entryFor(3000, kShop, urlOf(relay)));
    QTRY_COMPARE(run.phase(), Phase::Failed);
    QCOMPARE(run.workspace.overall(), Overall::Failed);
    QCOMPARE(run.at(0).status.reason.code, wire::Code::Unauthorized);
    QVERIFY(run.at(0).tokenSent);
    home.secrets.set(settings::secretAccount(urlOf(relay)), Secret("right"));
    run.workspace.tokenChanged(urlOf(relay));
    QTRY_COMPARE(run.phase(), Phase::Online);
    QVERIFY(!Home::read(home.tunnelsFile()).contains("right"));
    QVERIFY(!Home::read(home.stateFile()).contains("right"));
}

void WorkspaceTest::aTakenNameFailsUntilRenamed()
{
    const LoopbackRelay relay;
    Home hers;
    Run other(hers);
    added(other, entryFor(3000, kShop, urlOf(relay)));
    QTRY_COMPARE(other.phase(), Phase::Online);
    Home home;
    Run run(home);
    const QString id = added(run, entryFor(3000, kShop, urlOf(relay)));
    QTRY_COMPARE(run.phase(), Phase::Failed);
    QCOMPARE(run.at(0).status.reason.code, wire::Code::NameTaken);
    QVERIFY(run.workspace.edit(id, entryFor(3000, kBlog, urlOf(relay))));
    QTRY_COMPARE(run.phase(), Phase::Online);
    QCOMPARE(run.at(0).status.name, kBlog);
}

void WorkspaceTest::aDamagedListIsToldAndMended()
{
    Home home;
    {
        Run run(home);
        added(run, entryFor(3000, kShop));
        QTRY_COMPARE(run.phase(), Phase::Online);
    }
    const QByteArray good = Home::read(home.tunnelsFile());
    Home::write(home.tunnelsFile(), "[[tunnel]]\nnaem = 1\n");
    Run run(home);
    QVERIFY(run.workspace.tunnels().isEmpty());
    QVERIFY(run.notices.value(QStringLiteral("tunnels")).contains(QStringLiteral("tunnels.toml:2")));
    QVERIFY(!run.workspace.add(entryFor(3001, kBlog)));
    Home::write(home.tunnelsFile(), good);
    QVERIFY(!run.workspace.add(entryFor(3001, kBlog))); // the list is another now
    QCOMPARE(run.names(), QStringList{kShop});
    QTRY_COMPARE(run.phase(), Phase::Online); // as it was
    QVERIFY(run.workspace.add(entryFor(3001, kBlog)));
    QVERIFY(run.workspace.notices().isEmpty());
}

void WorkspaceTest::anEditOutsideIsToldAndStopsNothing()
{
    Home home;
    Run run(home);
    const QString shop = added(run, entryFor(3000, kShop));
    const QString blog = added(run, entryFor(3001, kBlog));
    QTRY_COMPARE(run.workspace.overall(), Overall::Up);
    QList<Phase> phases;
    connect(&run.workspace, &workspace::Workspace::changed, this, [&](qsizetype index) {
        if (run.at(index).id == shop)
            phases.append(run.at(index).status.phase);
    });
    Home::write(home.tunnelsFile(), "# by hand\n[[tunnel]]\nname = \"wiki\"\ntarget = 3002\n\n"
                                    "[[tunnel]]\nname = \"shop\"\ntarget = \"http://localhost:3000\"\n");
    const auto refused = run.workspace.remove(blog);
    QVERIFY(!refused);
    QCOMPARE(run.names(), (QStringList{QStringLiteral("wiki"), kShop}));
    QVERIFY(run.notices.value(QStringLiteral("tunnels")).contains(QStringLiteral("another program")));
    QCOMPARE(run.phase(1), Phase::Online);
    QVERIFY(!phases.contains(Phase::Connecting));
    QVERIFY(!run.at(0).wanted);
    QVERIFY(!run.workspace.find(blog));
}

void WorkspaceTest::aDamagedStateAndDamagedPreferencesAreTold()
{
    Home home;
    Home::write(home.stateFile(), "{ not json");
    Home::write(home.folder.filePath(QStringLiteral("config/settings.toml")), "appearance = \n");
    Run run(home);
    QVERIFY(run.notices.contains(QStringLiteral("memory")));
    QVERIFY(run.notices.value(QStringLiteral("preferences")).contains(QStringLiteral("settings.toml")));
    QCOMPARE(run.workspace.preferences(), settings::Preferences{});
    QCOMPARE(run.workspace.notices().size(), 2);
}

void WorkspaceTest::renamingMovesTheTunnel()
{
    Home home;
    Run run(home);
    const QString id = added(run, entryFor(3000, kShop));
    QTRY_COMPARE(run.phase(), Phase::Online);
    QVERIFY(run.workspace.edit(id, entryFor(3000, kBlog)));
    QTRY_COMPARE(run.at(0).status.name, kBlog);
    QTRY_COMPARE(run.phase(), Phase::Online);
    QCOMPARE(run.at(0).publicUrl, workspace::embeddedUrl(kBlog, run.relay.port()));
    run.workspace.stop(id);
    QVERIFY(run.workspace.edit(id, entryFor(4000, kShop)));
    QCOMPARE(run.phase(), Phase::Stopped);
    QCOMPARE(run.at(0).publicUrl, workspace::embeddedUrl(kShop, run.relay.port()));
    QCOMPARE(run.workspace.targetOf(id)->port, quint16{4000});
}

void WorkspaceTest::aDuplicateStandsBesideIt()
{
    Home home;
    Run run(home);
    const QString id = added(run, entryFor(3000, kShop));
    added(run, entryFor(3001, kBlog));
    const auto copy = run.workspace.duplicate(id);
    QVERIFY(copy);
    QCOMPARE(run.names(), (QStringList{kShop, QStringLiteral("shop-2"), kBlog}));
    QVERIFY(!run.at(1).wanted);
    QCOMPARE(run.at(1).entry.target.port, quint16{3000});
    QVERIFY(!run.workspace.duplicate(QStringLiteral("unknown")));
}

void WorkspaceTest::removingCanBeUndone()
{
    Home home;
    Run run(home);
    const QString id = added(run, entryFor(3000, kShop));
    added(run, entryFor(3001, kBlog));
    QTRY_COMPARE(run.workspace.overall(), Overall::Up);
    QVERIFY(run.workspace.remove(id));
    QCOMPARE(run.names(), QStringList{kBlog});
    QVERIFY(!run.workspace.targetOf(id));
    QVERIFY(!Home::read(home.tunnelsFile()).contains("shop"));
    QVERIFY(run.workspace.undoRemove());
    QCOMPARE(run.names(), (QStringList{kShop, kBlog}));
    QCOMPARE(run.at(0).id, id);
    QTRY_COMPARE(run.phase(0), Phase::Online);
    QVERIFY(!run.workspace.undoRemove());
    QVERIFY(!run.workspace.remove(QStringLiteral("unknown")));
}

void WorkspaceTest::wrongEntriesAreRefused()
{
    Home home;
    Run run(home);
    const QString id = added(run, entryFor(3000, kShop));
    QCOMPARE(run.workspace.add(entryFor(3001, kShop)).error().code, wire::Code::NameTaken);
    QVERIFY(!run.workspace.add(entryFor(3001, QStringLiteral("No Name"))));
    auto entry = entryFor(3000, kShop);
    entry.upstreamTls.kind = settings::UpstreamTlsKind::Off; // of a target without TLS
    QVERIFY(!run.workspace.edit(id, entry));
    QVERIFY(!run.workspace.edit(QStringLiteral("unknown"), entry));
    QCOMPARE(run.workspace.tunnels().size(), 1);
    QCOMPARE(run.at(0).entry, entryFor(3000, kShop));
    QCOMPARE(run.workspace.suggestName(kShop, {}), QStringLiteral("shop-2"));
    QVERIFY(!run.workspace.nameFault(kShop, {}).isEmpty());
}

void WorkspaceTest::allAtOnce()
{
    Home home;
    Run run(home);
    added(run, entryFor(3000, kShop));
    added(run, entryFor(3001, kBlog));
    QTRY_COMPARE(run.workspace.overall(), Overall::Up);
    QSignalSpy overall(&run.workspace, &workspace::Workspace::overallChanged);
    run.workspace.stopAll();
    QCOMPARE(run.workspace.overall(), Overall::Idle);
    run.workspace.startAll();
    QTRY_COMPARE(run.workspace.overall(), Overall::Up);
    overall.clear();
    run.workspace.reconnectAll();
    QTRY_VERIFY(!overall.isEmpty());
    QCOMPARE(overall.first().first().value<Overall>(), Overall::Connecting);
    QTRY_COMPARE(run.workspace.overall(), Overall::Up);
    run.workspace.stop(run.at(0).id);
    run.workspace.reconnect(run.at(0).id); // the user wants it now
    QVERIFY(run.at(0).wanted);
    QTRY_COMPARE(run.workspace.overall(), Overall::Up);
}

void WorkspaceTest::pausing()
{
    Home home;
    Run run(home);
    const QString id = added(run, entryFor(3000, kShop));
    QTRY_COMPARE(run.phase(), Phase::Online);
    run.workspace.setPaused(id, true);
    QTRY_COMPARE(run.workspace.overall(), Overall::Paused);
    run.workspace.setPaused(id, false);
    QTRY_COMPARE(run.workspace.overall(), Overall::Up);
}

void WorkspaceTest::preferencesAreKept()
{
    Home home;
    settings::Preferences preferences;
    preferences.closeToTray = false;
    preferences.servers = {{QUrl(QStringLiteral("https://relay.example.com")), QStringLiteral("Work")}};
    {
        Run run(home);
        QSignalSpy changed(&run.workspace, &workspace::Workspace::preferencesChanged);
        QVERIFY(run.workspace.setPreferences(preferences));
        QVERIFY(run.workspace.setPreferences(preferences));
        QCOMPARE(changed.size(), 1);
        auto twice = preferences;
        twice.servers.append(twice.servers.first());
        QVERIFY(!run.workspace.setPreferences(twice));
        QCOMPARE(run.workspace.preferences(), preferences);
    }
    Run run(home);
    QCOMPARE(run.workspace.preferences(), preferences);
}

void WorkspaceTest::testingAServer()
{
    const LoopbackRelay relay;
    Home home;
    Run run(home);
    std::optional<wire::Result<QString>> outcome;
    run.workspace.testServer(urlOf(relay), {}, this, [&](const wire::Result<QString> &result) { outcome = result; });
    QTRY_VERIFY(outcome);
    QVERIFY(*outcome);
    QVERIFY(run.workspace.tunnels().isEmpty());
}

QTEST_GUILESS_MAIN(WorkspaceTest)
#include "workspace_test.moc"
