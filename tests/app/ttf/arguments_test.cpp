#include "ttf/arguments.h"

#include <QTest>

using namespace ttf;

namespace {

wire::Result<Options> parse(const QByteArray &line)
{
    std::vector<const char *> argv{"ttf"};
    const QList<QByteArray> words = line.isEmpty() ? QList<QByteArray>() : line.split(' ');
    for (const QByteArray &word : words)
        argv.push_back(word.constData());
    return parseArguments(static_cast<int>(argv.size()), argv.data());
}

} // namespace

class ArgumentsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void httpHasDefaults();
    void rulesAreRead();
    void aPasswordIsHashedForAName();
    void httpTakesEveryOption();
    void optionsMayStandBeforeTheCommand();
    void demoNeedsNoTarget();
    void startReadsAFile();
    void theEarlierClientsFlagsWork_data();
    void theEarlierClientsFlagsWork();
    void theEarlierClientsTimeoutsAreIgnoredAloud();
    void mistakesAreExplained_data();
    void mistakesAreExplained();
    void helpAndVersionArePrinted();
    void helpListsExitCodes();
};

void ArgumentsTest::rulesAreRead()
{
    const auto options = parse("http 3000 --basic-auth-file logins --allow-cidr 192.0.2.0/24 --allow-cidr ::1 --only "
                               "/health --expires 2h");
    QVERIFY2(options, options ? "" : options.error().message.c_str());
    QCOMPARE(options->loginFile, QStringLiteral("logins"));
    QCOMPARE(options->tunnel.access.rules.allow.size(), 2U);
    QCOMPARE(options->tunnel.access.rules.only.size(), 1U);
    QVERIFY(options->openFor == std::chrono::hours(2));
    QVERIFY(parse("demo --cors")->tunnel.access.rules.cors);
    QVERIFY(!parse("http 3000 --allow-cidr nonsense"));
}

void ArgumentsTest::aPasswordIsHashedForAName()
{
    const auto options = parse("hash-password ann");
    QCOMPARE(options->command, Command::HashPassword);
    QCOMPARE(options->loginName, std::string("ann"));
    QVERIFY(!parse("hash-password"));
}

void ArgumentsTest::httpHasDefaults()
{
    const auto options = parse("http 3000");
    QVERIFY2(options, options ? "" : options.error().message.c_str());
    QCOMPARE(options->command, Command::Http);
    const settings::TunnelEntry expected{.target = {.port = 3000}};
    QVERIFY(options->tunnel == expected);
    QVERIFY(!options->json);
    QVERIFY(!options->verbose);
    QVERIFY(!options->relayPort);
    QVERIFY(options->tokenFile.isEmpty());
    QVERIFY(options->token.isEmpty());
    QVERIFY(options->warnings.empty());
}

void ArgumentsTest::httpTakesEveryOption()
{
    const auto options =
        parse("http https://localhost:8443 --name shop --relay https://relay.example.com --host-header preserve "
              "--upstream-tls off --token-file /run/token --token abc --takeover --json --verbose");
    QVERIFY2(options, options ? "" : options.error().message.c_str());
    const settings::TunnelEntry expected{.name = QStringLiteral("shop"),
                                         .target = {true, QStringLiteral("localhost"), 8443},
                                         .server = QUrl(QStringLiteral("https://relay.example.com")),
                                         .hostHeader = {settings::HostHeaderKind::Preserve, {}},
                                         .upstreamTls = {settings::UpstreamTlsKind::Off, {}},
                                         .takeover = true};
    QVERIFY(options->tunnel == expected);
    QCOMPARE(options->tokenFile, QStringLiteral("/run/token"));
    QCOMPARE(options->token, QByteArray("abc"));
    QVERIFY(options->json);
    QVERIFY(options->verbose);
    QCOMPARE(parse("http 3000 --relay-port 4000")->relayPort, std::optional<quint16>(4000));
}

void ArgumentsTest::optionsMayStandBeforeTheCommand()
{
    const auto options = parse("--json -v http 3000");
    QVERIFY(options);
    QVERIFY(options->json);
    QVERIFY(options->verbose);
}

void ArgumentsTest::demoNeedsNoTarget()
{
    const auto options = parse("demo --name tour --json");
    QVERIFY(options);
    QCOMPARE(options->command, Command::Demo);
    QCOMPARE(options->tunnel.name, QStringLiteral("tour"));
}

void ArgumentsTest::startReadsAFile()
{
    const auto options = parse("start --config some.toml shop api");
    QVERIFY(options);
    QCOMPARE(options->command, Command::Start);
    QCOMPARE(options->configPath, QStringLiteral("some.toml"));
    QCOMPARE(options->names, QStringList({QStringLiteral("shop"), QStringLiteral("api")}));
    QCOMPARE(parse("start")->configPath, QStringLiteral("tunnels.toml"));
}

void ArgumentsTest::theEarlierClientsFlagsWork_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("target");
    const auto row = [](const char *line, const char *target) {
        QTest::newRow(line) << QByteArray(line) << QString::fromLatin1(target);
    };
    row("--endpoint wss://gate.example/prod --token abc --port 8000 --verbose", "http://127.0.0.1:8000");
    row("-e wss://gate.example/prod -t abc -p 8000 -v", "http://127.0.0.1:8000");
    row("--endpoint=wss://gate.example/prod --token=abc --verbose", "http://127.0.0.1:3000");
    row("-e wss://gate.example/prod -tabc --host app.test -v", "http://app.test:3000");
    row("-e wss://gate.example/prod -tabc --host ::1 -v", "http://[::1]:3000");
}

void ArgumentsTest::theEarlierClientsFlagsWork()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QString, target);
    const auto options = parse(line);
    QVERIFY2(options, options ? "" : options.error().message.c_str());
    QCOMPARE(options->command, Command::Http);
    QCOMPARE(settings::targetText(options->tunnel.target), target);
    QCOMPARE(options->tunnel.server, QUrl(QStringLiteral("wss://gate.example/prod")));
    QCOMPARE(options->token, QByteArray("abc"));
    QVERIFY(options->verbose);
}

void ArgumentsTest::theEarlierClientsTimeoutsAreIgnoredAloud()
{
    const auto options = parse("-e wss://gate.example/prod --connect-timeout 5 --request-timeout 20");
    QVERIFY(options);
    QCOMPARE(options->warnings.size(), std::size_t{1});
}

void ArgumentsTest::mistakesAreExplained_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("complaint");
    const auto row = [](const char *line, const char *complaint) {
        QTest::newRow(line) << QByteArray(line) << QByteArray(complaint);
    };
    row("", "for example: ttf http 3000");
    row("--port 3000", "for example: ttf http 3000");
    row("http", "TARGET is required");
    row("http 3000 4000", "4000");
    row("http 70000", "TARGET: \"70000\" is not a port");
    row("http localhost", "TARGET: \"localhost\" names no port");
    row("http 3000 --name Shop", "--name: ");
    row("http 3000 --relay relay.example.com", "--relay: \"relay.example.com\" is not a server's address");
    row("http 3000 --host-header a/b", "--host-header: ");
    row("http 3000 --upstream-tls never", "--upstream-tls: ");
    row("http 3000 --upstream-tls off", "is not https://");
    row("http 3000 --relay-port 0", "--relay-port: \"0\" is not a port");
    row("http 3000 --relay-port 4000 --relay https://r.example", "which --relay replaces");
    row("http 3000 --colour", "--colour");
    row("http 3000 --name", "--name");
    row("http 3000 --endpoint wss://x.example", "--endpoint");
    row("--endpoint wss://x.example http 3000", "with a command write --relay");
    row("--endpoint x.example", "--endpoint: ");
    row("-e wss://x.example --port many", "--port: ");
    row("-e wss://x.example --host a/b", "--host: ");
    row("demo 3000", "3000");
    row("http 3000 start", "start");
    row("tunnel 3000", "tunnel");
}

void ArgumentsTest::mistakesAreExplained()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QByteArray, complaint);
    const auto options = parse(line);
    QVERIFY(!options);
    QCOMPARE(options.error().code, wire::Code::InvalidRequest);
    QVERIFY2(options.error().message.contains(complaint.toStdString()), options.error().message.c_str());
}

void ArgumentsTest::helpAndVersionArePrinted()
{
    for (const char *line : {"--help", "http --help", "start --help", "demo -h"}) {
        const auto options = parse(line);
        QVERIFY2(options, line);
        QCOMPARE(options->command, Command::Print);
        QVERIFY2(options->text.contains("--token-file"), line);
    }
    QVERIFY(parse("http --help")->text.contains("--upstream-tls"));
    const auto version = parse("--version");
    QVERIFY(version);
    QVERIFY(version->text.starts_with("ttf ") && version->text.ends_with('\n'));
}

void ArgumentsTest::helpListsExitCodes()
{
    const std::string help = parse("--help")->text;
    for (const char *line : {"3  unauthorized", "4  the name is taken", "5  the embedded relay could not start"})
        QVERIFY2(help.contains(line), line);
}

QTEST_APPLESS_MAIN(ArgumentsTest)
#include "arguments_test.moc"
