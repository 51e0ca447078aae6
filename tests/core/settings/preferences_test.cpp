#include "settings/preferences.h"
#include "wire/limits.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace settings;

class PreferencesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void noFileGivesTheDefaults();
    void whatIsSavedIsLoaded();
    void aFileByHandIsRead();
    void mistakesNameTheirLine_data();
    void mistakesNameTheirLine();
    void whatCannotBeReadAgainIsNotSaved();
    void theFolderFollowsTheEnvironment();

private:
    [[nodiscard]] PreferencesFile file() const { return PreferencesFile(m_folder->path()); }
    void write(const QByteArray &text) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void PreferencesTest::write(const QByteArray &text) const
{
    QFile raw(file().path());
    QVERIFY(raw.open(QIODevice::WriteOnly));
    QCOMPARE(raw.write(text), text.size());
}

void PreferencesTest::noFileGivesTheDefaults()
{
    QCOMPARE(file().path(), m_folder->filePath(QStringLiteral("settings.toml")));
    const auto loaded = file().load();
    QVERIFY(loaded);
    QVERIFY(*loaded == Preferences{});
    QVERIFY(loaded->closeToTray && loaded->notifications && loaded->recordBodies && !loaded->closeExplained);
}

void PreferencesTest::whatIsSavedIsLoaded()
{
    for (const Appearance appearance : {Appearance::System, Appearance::Light, Appearance::Dark}) {
        for (const bool flag : {true, false}) {
            const Preferences preferences{
                .appearance = appearance,
                .closeToTray = flag,
                .closeExplained = !flag,
                .notifications = flag,
                .recordBodies = !flag,
                .servers = {{QUrl(QStringLiteral("https://relay.example.com:8443")), QStringLiteral("Büro \"1\"")},
                            {QUrl(QStringLiteral("wss://x.example/prod?a=%20")), {}}}};
            QVERIFY(file().save(preferences));
            const auto loaded = file().load();
            QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
            QVERIFY(*loaded == preferences);
        }
    }
}

void PreferencesTest::aFileByHandIsRead()
{
    write("appearance = \"dark\"\n[[server]]\nurl = \"https://a.example\"\n[[server]]\nurl = \"http://a.example\"\n");
    const auto loaded = file().load();
    QVERIFY(loaded);
    const Preferences expected{
        .appearance = Appearance::Dark,
        .servers = {{QUrl(QStringLiteral("https://a.example")), {}}, {QUrl(QStringLiteral("http://a.example")), {}}}};
    QVERIFY(*loaded == expected);
}

void PreferencesTest::mistakesNameTheirLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const QByteArray &text, const char *expected) {
        QTest::newRow(name) << text << QByteArray(expected);
    };
    row("unknown key", "\nclose_to_try = true\n", ":2: unknown key \"close_to_try\" at the top of the file");
    row("unknown server key", "[[server]]\nurl = \"https://a\"\ntoken = \"x\"\n",
        ":3: unknown key \"token\" in [[server]]");
    row("bad appearance", "appearance = \"blue\"\n", ":1: appearance: \"blue\": write system, light or dark");
    row("bad flag", "notifications = 1\n", ":1: notifications must be true or false");
    row("bad url", "[[server]]\nurl = \"a.example\"\n", ":2: url: \"a.example\" is not a server's address");
    row("no url", "[[server]]\nlabel = \"a\"\n", ":1: a [[server]] needs a url");
    row("same url", "[[server]]\nurl = \"https://a.example\"\n[[server]]\nurl = \"https://A.example:443/\"\n",
        ":3: a second [[server]] with the url https://a.example");
    row("one bracket", "[server]\nurl = \"https://a.example\"\n", ":1: write [[server]], in double brackets");
    row("syntax", "appearance = \n", ":1: ");
    QByteArray many;
    for (std::size_t i = 0; i <= wire::kMaxServers; ++i)
        many += "[[server]]\nurl = \"https://a" + QByteArray::number(static_cast<qulonglong>(i)) + ".example\"\n";
    row("too many servers", many, ":1: 65 servers: at most 64 fit one file");
}

void PreferencesTest::mistakesNameTheirLine()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, expected);
    write(text);
    const auto loaded = file().load();
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, wire::Code::InvalidRequest);
    const std::string start = file().path().toStdString() + expected.toStdString();
    QVERIFY2(loaded.error().message.starts_with(start), loaded.error().message.c_str());
    QVERIFY(file().save({}));
    QVERIFY(file().load());
}

void PreferencesTest::whatCannotBeReadAgainIsNotSaved()
{
    QVERIFY(file().save({.appearance = Appearance::Dark}));
    const Server server{QUrl(QStringLiteral("https://a.example")), {}};
    const auto saved = file().save({.servers = {server, server}});
    QCOMPARE(saved.error().code, wire::Code::InvalidRequest);
    QVERIFY(saved.error().message.contains("a second [[server]]"));
    QCOMPARE(file().load()->appearance, Appearance::Dark);
    QVERIFY(!PreferencesFile(QStringLiteral("/proc/none")).save({}));
}

void PreferencesTest::theFolderFollowsTheEnvironment()
{
    qunsetenv("HTTP_TUNNEL_CONFIG_DIR");
    qunsetenv("XDG_CONFIG_HOME");
    QCOMPARE(configFolder(), QDir::homePath() + QStringLiteral("/.config/http-tunnel"));
    qputenv("XDG_CONFIG_HOME", "relative");
    QCOMPARE(configFolder(), QDir::homePath() + QStringLiteral("/.config/http-tunnel"));
    qputenv("XDG_CONFIG_HOME", "/var/config");
    QCOMPARE(configFolder(), QStringLiteral("/var/config/http-tunnel"));
    QCOMPARE(defaultTunnelsPath(), QStringLiteral("/var/config/http-tunnel/tunnels.toml"));
    qputenv("HTTP_TUNNEL_CONFIG_DIR", "/tmp/mine");
    QCOMPARE(configFolder(), QStringLiteral("/tmp/mine"));
}

QTEST_APPLESS_MAIN(PreferencesTest)
#include "preferences_test.moc"
