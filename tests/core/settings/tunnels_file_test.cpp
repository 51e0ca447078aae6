#include "settings/tunnels_file.h"
#include "wire/limits.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace settings;

namespace {

wire::Result<QList<TunnelEntry>> parse(std::string_view text)
{
    return parseTunnels(text, QStringLiteral("/etc/tunnels.toml"));
}

std::string complaint(std::string_view text)
{
    const auto parsed = parse(text);
    return parsed ? std::string("nothing to complain about") : parsed.error().message;
}

} // namespace

class TunnelsFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aWholeFileIsRead();
    void defaultsApply();
    void theDefaultTokenStaysWithTheDefaultServer();
    void theSameNameOnTwoServersIsFine();
    void mistakesNameTheirLine_data();
    void mistakesNameTheirLine();
    void allMistakesAreListedInOrder();
    void tooManyTunnelsAreRefused();
    void aFileIsReadFromDisk();
    void aMissingFileIsNamed();
};

void TunnelsFileTest::aWholeFileIsRead()
{
    const auto entries = parse(R"(
server = "https://relay.example.com"
token_file = "relay.token"

[[tunnel]]
name = "shop"
target = "http://localhost:3000"
host_header = "preserve"
takeover = true

[[tunnel]]
name = "api"
target = "https://127.0.0.1:8443"
server = "wss://other.example.com/prod"
token_file = "/run/secrets/other"
host_header = "api.test"
upstream_tls = "off"
autostart = false
)");
    QVERIFY2(entries, entries ? "" : entries.error().message.c_str());
    QCOMPARE(entries->size(), 2);
    const TunnelEntry shop{.name = QStringLiteral("shop"),
                           .target = {false, QStringLiteral("localhost"), 3000},
                           .server = QUrl(QStringLiteral("https://relay.example.com")),
                           .hostHeader = {HostHeaderKind::Preserve, {}},
                           .tokenFile = QStringLiteral("/etc/relay.token"),
                           .takeover = true};
    QVERIFY(entries->at(0) == shop);
    const TunnelEntry api{.name = QStringLiteral("api"),
                          .target = {true, QStringLiteral("127.0.0.1"), 8443},
                          .server = QUrl(QStringLiteral("wss://other.example.com/prod")),
                          .hostHeader = {HostHeaderKind::Custom, QStringLiteral("api.test")},
                          .upstreamTls = {UpstreamTlsKind::Off, {}},
                          .tokenFile = QStringLiteral("/run/secrets/other"),
                          .autostart = false};
    QVERIFY(entries->at(1) == api);
}

void TunnelsFileTest::defaultsApply()
{
    const auto entries = parse("[[tunnel]]\ntarget = 3000\n");
    QVERIFY(entries);
    const TunnelEntry expected{.target = {false, QStringLiteral("localhost"), 3000}};
    QVERIFY(entries->front() == expected);
    QVERIFY(entries->front().autostart);
}

void TunnelsFileTest::theDefaultTokenStaysWithTheDefaultServer()
{
    const auto entries = parse("server = \"https://a.example\"\ntoken_file = \"a.token\"\n"
                               "[[tunnel]]\ntarget = 1\n"
                               "[[tunnel]]\ntarget = 2\nserver = \"https://b.example\"\n");
    QVERIFY(entries);
    QCOMPARE(entries->at(0).tokenFile, QStringLiteral("/etc/a.token"));
    QCOMPARE(entries->at(1).tokenFile, QString());
}

void TunnelsFileTest::theSameNameOnTwoServersIsFine()
{
    QVERIFY(parse("[[tunnel]]\nname = \"shop\"\ntarget = 1\n"
                  "[[tunnel]]\nname = \"shop\"\ntarget = 1\nserver = \"https://b.example\"\n"));
}

void TunnelsFileTest::mistakesNameTheirLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *text, const char *expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
    };
    row("unknown key", "[[tunnel]]\ntarget = 1\ntagret = 2\n", ":3: unknown key \"tagret\" in [[tunnel]]");
    row("unknown top key", "sever = \"x\"\n[[tunnel]]\ntarget = 1\n", ":1: unknown key \"sever\" at the top");
    row("no target", "\n[[tunnel]]\nname = \"shop\"\n", ":2: a [[tunnel]] needs a target");
    row("bad port", "[[tunnel]]\ntarget = 70000\n", ":2: target: \"70000\" is not a port");
    row("negative port", "[[tunnel]]\ntarget = -1\n", ":2: target: \"-1\" is not a port");
    row("bad target", "[[tunnel]]\ntarget = \"localhost\"\n", ":2: target: \"localhost\" names no port");
    row("wrong type", "[[tunnel]]\ntarget = true\n", ":2: target must be a text in quotes");
    row("bad name", "[[tunnel]]\ntarget = 1\nname = \"Shop!\"\n", ":3: name: ");
    row("bad server", "server = \"relay\"\n[[tunnel]]\ntarget = 1\n",
        ":1: server: \"relay\" is not a server's address");
    row("bad host header", "[[tunnel]]\ntarget = 1\nhost_header = \"a b\"\n", ":3: host_header: ");
    row("bad tls", "[[tunnel]]\ntarget = \"https://x\"\nupstream_tls = \"yes\"\n", ":3: upstream_tls: ");
    row("tls without https", "[[tunnel]]\ntarget = 1\nupstream_tls = \"off\"\n", ":1: upstream TLS is set");
    row("bad flag", "[[tunnel]]\ntarget = 1\ntakeover = \"yes\"\n", ":3: takeover must be true or false");
    row("bad token file", "[[tunnel]]\ntarget = 1\ntoken_file = 3\n", ":3: token_file must be the path of a file");
    row("same name", "[[tunnel]]\nname = \"shop\"\ntarget = 1\n[[tunnel]]\nname = \"shop\"\ntarget = 2\n",
        ":4: a second [[tunnel]] named \"shop\"");
    row("single brackets", "[tunnel]\ntarget = 1\n", ":1: write [[tunnel]], in double brackets");
    row("nothing", "server = \"https://a.example\"\n", ":1: no [[tunnel]] in this file");
    row("empty", "", ":1: no [[tunnel]] in this file");
    row("syntax", "[[tunnel]]\ntarget = \n", ":2: ");
    row("key twice", "[[tunnel]]\ntarget = 1\ntarget = 2\n", ":3: ");
}

void TunnelsFileTest::mistakesNameTheirLine()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, expected);
    const std::string message = complaint(text.toStdString());
    QVERIFY2(message.starts_with("/etc/tunnels.toml" + expected.toStdString()), message.c_str());
}

void TunnelsFileTest::allMistakesAreListedInOrder()
{
    const std::string message = complaint("[[tunnel]]\nzebra = 1\napple = 2\ntarget = 0\n[[tunnel]]\nname = \"x y\"\n");
    const QStringList lines = QString::fromStdString(message).split(u'\n');
    QCOMPARE(lines.size(), 5);
    QVERIFY(lines[0].contains(QStringLiteral(":2: unknown key \"zebra\"")));
    QVERIFY(lines[1].contains(QStringLiteral(":3: unknown key \"apple\"")));
    QVERIFY(lines[2].contains(QStringLiteral(":4: target")));
    QVERIFY(lines[3].contains(QStringLiteral(":5: a [[tunnel]] needs a target")));
    QVERIFY(lines[4].contains(QStringLiteral(":6: name")));
}

void TunnelsFileTest::tooManyTunnelsAreRefused()
{
    std::string text;
    for (std::size_t i = 0; i < wire::kMaxTunnelsPerFile; ++i)
        text += "[[tunnel]]\ntarget = 1\n";
    QVERIFY(parse(text));
    QVERIFY(QString::fromStdString(complaint(text + "[[tunnel]]\ntarget = 1\n")).contains(QStringLiteral("at most")));
}

void TunnelsFileTest::aFileIsReadFromDisk()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("t.toml")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("token_file = \"x\"\n[[tunnel]]\ntarget = 3000\n");
    file.close();
    const auto entries = readTunnelsFile(file.fileName());
    QVERIFY(entries);
    QCOMPARE(entries->front().tokenFile, QDir(folder.path()).absoluteFilePath(QStringLiteral("x")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(static_cast<qsizetype>(wire::kMaxTunnelsFileBytes) + 1, '#'));
    file.close();
    QVERIFY(readTunnelsFile(file.fileName()).error().message.ends_with("larger than 1024 KiB"));
}

void TunnelsFileTest::aMissingFileIsNamed()
{
    const auto entries = readTunnelsFile(QStringLiteral("/nowhere/tunnels.toml"));
    QVERIFY(!entries);
    QVERIFY(entries.error().message.starts_with("/nowhere/tunnels.toml: "));
}

QTEST_APPLESS_MAIN(TunnelsFileTest)
#include "tunnels_file_test.moc"
