#include "settings/app_state.h"
#include "wire/limits.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace settings;

namespace {

const QDateTime kNow = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC);

} // namespace

class AppStateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNewStateIsEmpty();
    void whatIsSavedIsLoaded();
    void aServiceTriesItsOwnPortFirst();
    void aNameStays();
    void aDamagedNameIsDrawnAgain();
    void aDamagedFileIsSaidAndReplaced();
    void strangeValuesAreIgnored();
    void theOldestServicesAreForgotten();
    void openTunnelsAreRemembered();
    void toldExpiriesAreRemembered();
    void aFileOfAnOlderProgramIsRead();
    void openKeysTellTunnelsApart();
    void theFolderFollowsTheEnvironment();
    void aFolderThatCannotBeMadeIsAnError();
};

void AppStateTest::aNewStateIsEmpty()
{
    const QTemporaryDir folder;
    const auto state = AppStateFile(folder.filePath(QStringLiteral("none"))).load();
    QVERIFY(state);
    QVERIFY(*state == AppState{});
    QVERIFY(state->portsToTry(QStringLiteral("demo")).isEmpty());
}

void AppStateTest::whatIsSavedIsLoaded()
{
    const QTemporaryDir folder;
    const AppStateFile file(folder.filePath(QStringLiteral("a/b")));
    AppState expected;
    const auto change = [](AppState &state) {
        state.rememberPort(QStringLiteral("demo"), 40001, kNow);
        state.tunnels[QStringLiteral("demo")].name = QStringLiteral("shop");
        state.rememberPort(QStringLiteral("http://localhost:3000"), 40002, kNow);
    };
    change(expected);
    QVERIFY(file.update(change));
    const QFile::Permissions others = QFile::ReadGroup | QFile::ReadOther;
    QVERIFY(!QFileInfo(folder.filePath(QStringLiteral("a/b"))).permissions().testAnyFlags(others));
    const auto loaded = AppStateFile(folder.filePath(QStringLiteral("a/b"))).load();
    QVERIFY(loaded);
    QVERIFY(*loaded == expected);
}

void AppStateTest::aServiceTriesItsOwnPortFirst()
{
    AppState state;
    state.rememberPort(QStringLiteral("a"), 40001, kNow);
    state.rememberPort(QStringLiteral("b"), 40002, kNow);
    QCOMPARE(state.portsToTry(QStringLiteral("a")), QList<quint16>({40001, 40002}));
    QCOMPARE(state.portsToTry(QStringLiteral("b")), QList<quint16>({40002}));
    QCOMPARE(state.portsToTry(QStringLiteral("new")), QList<quint16>({40002}));
    state.rememberPort(QStringLiteral("a"), 40003, kNow); // its own was taken this time
    QCOMPARE(state.portsToTry(QStringLiteral("a")), QList<quint16>({40001, 40003}));
}

void AppStateTest::aNameStays()
{
    AppState state;
    const QString name = state.nameFor(QStringLiteral("a"), kNow);
    QCOMPARE(static_cast<std::size_t>(name.size()), wire::kDrawnIdLength);
    QCOMPARE(state.nameFor(QStringLiteral("a"), kNow.addDays(1)), name);
    QCOMPARE(state.tunnels[QStringLiteral("a")].used, kNow.addDays(1));
    QVERIFY(state.nameFor(QStringLiteral("b"), kNow) != name);
}

void AppStateTest::aDamagedNameIsDrawnAgain()
{
    AppState state;
    state.tunnels[QStringLiteral("a")].name = QStringLiteral("NOT A NAME");
    QCOMPARE(static_cast<std::size_t>(state.nameFor(QStringLiteral("a"), kNow).size()), wire::kDrawnIdLength);
}

void AppStateTest::aDamagedFileIsSaidAndReplaced()
{
    const QTemporaryDir folder;
    QFile raw(folder.filePath(QStringLiteral("state.json")));
    QVERIFY(raw.open(QIODevice::WriteOnly));
    raw.write("{\"relay_port\": 4");
    raw.close();
    const AppStateFile file(folder.path());
    QVERIFY(file.load().error().message.ends_with("is damaged"));
    QVERIFY(file.update([](AppState &state) { state.relayPort = 5; }));
    QCOMPARE(file.load()->relayPort, quint16{5});
}

void AppStateTest::strangeValuesAreIgnored()
{
    const QTemporaryDir folder;
    QFile raw(folder.filePath(QStringLiteral("state.json")));
    QVERIFY(raw.open(QIODevice::WriteOnly));
    raw.write(R"({"relay_port": 70000, "future": 1, "tunnels": {"a": 3, "b": {"relay_port": "x", "name": 7}}})");
    raw.close();
    const auto state = AppStateFile(folder.path()).load();
    QVERIFY(state);
    QCOMPARE(state->relayPort, quint16{0});
    QVERIFY(state->portsToTry(QStringLiteral("b")).isEmpty());
}

void AppStateTest::theOldestServicesAreForgotten()
{
    const QTemporaryDir folder;
    const AppStateFile file(folder.path());
    const auto limit = static_cast<int>(wire::kMaxRememberedTunnels);
    QVERIFY(file.update([&](AppState &state) {
        for (int i = 0; i < limit + 2; ++i)
            state.rememberPort(QString::number(i), 40000, kNow.addSecs(i == 7 ? -100 : i));
    }));
    const auto tunnels = file.load()->tunnels;
    QCOMPARE(tunnels.size(), limit);
    QVERIFY(!tunnels.contains(QStringLiteral("7")));
    QVERIFY(!tunnels.contains(QStringLiteral("0")));
    QVERIFY(tunnels.contains(QStringLiteral("1")));
}

void AppStateTest::toldExpiriesAreRemembered()
{
    const QTemporaryDir folder;
    const AppStateFile file(folder.path());
    const QMap<QString, ToldExpiry> told{{QStringLiteral("https://relay.example.com"), {1'800'000'000, 2}}};
    QVERIFY(file.update([&](AppState &state) { state.toldExpiries = told; }));
    QCOMPARE(file.load()->toldExpiries, told);
    QVERIFY(file.update([](AppState &state) {
        for (int i = 0; i <= int(wire::kMaxRememberedExpiries); ++i)
            state.toldExpiries.insert(QString::number(i), {2'000'000'000 + i, 1});
    }));
    const auto kept = file.load()->toldExpiries;
    QCOMPARE(std::size_t(kept.size()), wire::kMaxRememberedExpiries);
    QVERIFY(!kept.contains(told.firstKey()));
    QVERIFY(kept.contains(QString::number(wire::kMaxRememberedExpiries)));
}

void AppStateTest::openTunnelsAreRemembered()
{
    const QTemporaryDir folder;
    const AppStateFile file(folder.path());
    const QSet<QString> open{QStringLiteral("shop@embedded"), QStringLiteral("api@https://a.example")};
    QVERIFY(file.update([&](AppState &state) { state.openTunnels = open; }));
    QVERIFY(file.update([](AppState &state) { state.relayPort = 5; })); // somebody else's change
    QCOMPARE(file.load()->openTunnels, open);
    QVERIFY(file.update([](AppState &state) { state.openTunnels.clear(); }));
    QVERIFY(file.load()->openTunnels.isEmpty());
}

void AppStateTest::aFileOfAnOlderProgramIsRead()
{
    const QTemporaryDir folder;
    QFile raw(folder.filePath(QStringLiteral("state.json")));
    QVERIFY(raw.open(QIODevice::WriteOnly));
    raw.write(R"({"relay_port": 40001, "tunnels": {}})");
    raw.close();
    QCOMPARE(AppStateFile(folder.path()).load()->relayPort, quint16{40001});
    QVERIFY(AppStateFile(folder.path()).load()->openTunnels.isEmpty());
    QVERIFY(raw.open(QIODevice::WriteOnly));
    raw.write(R"({"open_tunnels": ["a@embedded", 3, "", null]})");
    raw.close();
    QCOMPARE(AppStateFile(folder.path()).load()->openTunnels, QSet<QString>{QStringLiteral("a@embedded")});
}

void AppStateTest::openKeysTellTunnelsApart()
{
    TunnelEntry entry{.name = QStringLiteral("shop"), .target = {.port = 3000}};
    QCOMPARE(openKey(entry), QStringLiteral("shop@embedded"));
    entry.server = QUrl(QStringLiteral("https://A.example:443/"));
    QCOMPARE(openKey(entry), QStringLiteral("shop@https://a.example"));
    entry.name.clear();
    QCOMPARE(openKey(entry), QStringLiteral("http://localhost:3000@https://a.example"));
}

void AppStateTest::theFolderFollowsTheEnvironment()
{
    qunsetenv("HTTP_TUNNEL_STATE_DIR");
    qunsetenv("XDG_STATE_HOME");
    QCOMPARE(stateFolder(), QDir::homePath() + QStringLiteral("/.local/state/http-tunnel"));
    qputenv("XDG_STATE_HOME", "relative");
    QCOMPARE(stateFolder(), QDir::homePath() + QStringLiteral("/.local/state/http-tunnel"));
    qputenv("XDG_STATE_HOME", "/var/state");
    QCOMPARE(stateFolder(), QStringLiteral("/var/state/http-tunnel"));
    qputenv("HTTP_TUNNEL_STATE_DIR", "/tmp/mine");
    QCOMPARE(stateFolder(), QStringLiteral("/tmp/mine"));
}

void AppStateTest::aFolderThatCannotBeMadeIsAnError()
{
    const auto saved = AppStateFile(QStringLiteral("/proc/none/here")).update([](AppState &) {});
    QVERIFY(!saved);
    QVERIFY(saved.error().message.find("/proc/none/here") != std::string::npos);
}

QTEST_APPLESS_MAIN(AppStateTest)
#include "app_state_test.moc"
