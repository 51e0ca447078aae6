#include "ttf/run_plan.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace ttf;

class RunPlanTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void httpIsKeyedByItsTarget();
    void demoHasItsOwnKeyAndName();
    void demoOnARelayAsksForNoName();
    void startTakesAutostartTunnels();
    void startTakesNamedTunnels();
    void startNamesWhatIsMissing();
    void startNeedsSomethingToStart();
    void idsAreUnique();
    void namesAreRemembered();
    void rulesTakeTheirLoginsFromAFile();
    void aSpanBeginsNow();
    void nobodyCanBeAsked();

private:
    Options start(const char *toml, const QStringList &names = {});

    QTemporaryDir m_folder;
};

Options RunPlanTest::start(const char *toml, const QStringList &names)
{
    QFile file(m_folder.filePath(QStringLiteral("tunnels.toml")));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write");
    file.write(toml);
    Options options;
    options.command = Command::Start;
    options.configPath = file.fileName();
    options.names = names;
    return options;
}

void RunPlanTest::rulesTakeTheirLoginsFromAFile()
{
    QFile file(m_folder.filePath(QStringLiteral("logins")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("ann:open sesame\n");
    file.close();
    Options options;
    options.command = Command::Http;
    options.tunnel.target.port = 3000;
    options.loginFile = file.fileName();
    const auto plan = makePlan(options);
    QVERIFY(plan);
    QVERIFY(plan->tunnels.front().entry.access.rules.logins.front().password.matches("open sesame"));
    options.loginFile = QStringLiteral("/nowhere/logins");
    QVERIFY(!makePlan(options));
}

void RunPlanTest::aSpanBeginsNow()
{
    Options options;
    options.command = Command::Http;
    options.tunnel.target.port = 3000;
    options.openFor = std::chrono::hours(2);
    const auto plan = makePlan(options);
    const auto left = *plan->tunnels.front().entry.access.rules.expires - std::chrono::system_clock::now();
    QVERIFY(left > std::chrono::minutes(119) && left < std::chrono::minutes(121));
}

void RunPlanTest::nobodyCanBeAsked()
{
    const auto plan = makePlan(start("[[tunnel]]\ntarget = 3000\naccess.ask_first = true\n"));
    QVERIFY(!plan);
    QVERIFY(plan.error().message.find("ask_first") != std::string::npos);
}

void RunPlanTest::httpIsKeyedByItsTarget()
{
    Options options;
    options.command = Command::Http;
    options.tunnel.target.port = 3000;
    auto plan = makePlan(options);
    QVERIFY(plan);
    QCOMPARE(plan->key, QStringLiteral("http://localhost:3000"));
    QCOMPARE(plan->tunnels.size(), 1);
    QCOMPARE(plan->tunnels.front().id, QStringLiteral("http://localhost:3000"));
    QVERIFY(plan->needsRelay());
    options.tunnel.name = QStringLiteral("shop");
    options.tunnel.server = QUrl(QStringLiteral("https://relay.example.com"));
    plan = makePlan(options);
    QCOMPARE(plan->tunnels.front().id, QStringLiteral("shop"));
    QVERIFY(!plan->needsRelay());
}

void RunPlanTest::demoHasItsOwnKeyAndName()
{
    Options options;
    options.command = Command::Demo;
    const auto plan = makePlan(options);
    QVERIFY(plan);
    QCOMPARE(plan->key, QStringLiteral("demo"));
    QCOMPARE(plan->tunnels.front().id, QStringLiteral("demo"));
    QCOMPARE(plan->tunnels.front().entry.name, QStringLiteral("demo"));
}

void RunPlanTest::demoOnARelayAsksForNoName()
{
    Options options;
    options.command = Command::Demo;
    options.tunnel.server = QUrl(QStringLiteral("https://relay.example.com"));
    QVERIFY(makePlan(options)->tunnels.front().entry.name.isEmpty());
}

void RunPlanTest::startTakesAutostartTunnels()
{
    const auto options = start("[[tunnel]]\nname = \"one\"\ntarget = 1\n"
                               "[[tunnel]]\nname = \"two\"\ntarget = 2\nautostart = false\n");
    const auto plan = makePlan(options);
    QVERIFY2(plan, plan ? "" : plan.error().message.c_str());
    QCOMPARE(plan->key, QFileInfo(options.configPath).canonicalFilePath());
    QCOMPARE(plan->tunnels.size(), 1);
    QCOMPARE(plan->tunnels.front().id, QStringLiteral("one"));
}

void RunPlanTest::startTakesNamedTunnels()
{
    const auto plan = makePlan(start("[[tunnel]]\nname = \"one\"\ntarget = 1\n"
                                     "[[tunnel]]\nname = \"two\"\ntarget = 2\nautostart = false\n",
                                     {QStringLiteral("two")}));
    QVERIFY(plan);
    QCOMPARE(plan->tunnels.size(), 1);
    QCOMPARE(plan->tunnels.front().entry.name, QStringLiteral("two"));
}

void RunPlanTest::startNamesWhatIsMissing()
{
    const auto plan = makePlan(start("[[tunnel]]\ntarget = 1\n", {QStringLiteral("three")}));
    QVERIFY(!plan);
    QVERIFY(plan.error().message.ends_with("has no tunnel named \"three\""));
}

void RunPlanTest::startNeedsSomethingToStart()
{
    const auto plan = makePlan(start("[[tunnel]]\ntarget = 1\nautostart = false\n"));
    QVERIFY(!plan);
    QVERIFY(plan.error().message.contains("autostart = false"));
}

void RunPlanTest::idsAreUnique()
{
    const auto plan = makePlan(start("[[tunnel]]\ntarget = 1\n[[tunnel]]\ntarget = 1\n"
                                     "[[tunnel]]\nname = \"one\"\ntarget = 1\nserver = \"https://a.example\"\n"
                                     "[[tunnel]]\nname = \"one\"\ntarget = 1\nserver = \"https://b.example\"\n"));
    QVERIFY(plan);
    QStringList ids;
    for (const PlannedTunnel &tunnel : plan->tunnels)
        ids.append(tunnel.id);
    QCOMPARE(ids, QStringList({QStringLiteral("http://localhost:1"), QStringLiteral("http://localhost:1 (2)"),
                               QStringLiteral("one"), QStringLiteral("one (2)")}));
}

void RunPlanTest::namesAreRemembered()
{
    const auto now = QDateTime::currentDateTimeUtc();
    const auto options =
        start("[[tunnel]]\ntarget = 1\n[[tunnel]]\ntarget = 1\n[[tunnel]]\nname = \"one\"\ntarget = 2\n"
              "[[tunnel]]\ntarget = 3\nserver = \"https://a.example\"\n");
    settings::AppState state;
    auto first = *makePlan(options);
    nameTunnels(first, state, now);
    QVERIFY(!first.tunnels[0].entry.name.isEmpty());
    QVERIFY(!first.tunnels[1].entry.name.isEmpty());
    QVERIFY(first.tunnels[0].entry.name != first.tunnels[1].entry.name);
    QCOMPARE(first.tunnels[2].entry.name, QStringLiteral("one"));
    QVERIFY(first.tunnels[3].entry.name.isEmpty());
    auto second = *makePlan(options);
    nameTunnels(second, state, now);
    for (qsizetype i = 0; i < 4; ++i)
        QCOMPARE(second.tunnels[i].entry.name, first.tunnels[i].entry.name);
}

QTEST_APPLESS_MAIN(RunPlanTest)
#include "run_plan_test.moc"
