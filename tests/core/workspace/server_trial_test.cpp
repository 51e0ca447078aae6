#include "core/workspace/test_workspace.h"
#include "support/temporary_folder.h"
#include "workspace/server_trial.h"

#include <QTest>

#include <optional>

using settings::Secret;
using support::Home;
using support::LoopbackRelay;
using wire::Result;

namespace {

QUrl urlOf(quint16 port)
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port));
}

struct Bench {
    explicit Bench(const QByteArray &tokens = {})
    {
        auto config = support::quietConfig();
        if (!tokens.isEmpty()) {
            Home::write(home.folder.filePath(QStringLiteral("tokens")), tokens);
            config.auth.tokenFile = home.folder.filePath(QStringLiteral("tokens")).toStdString();
        }
        relay = std::make_unique<LoopbackRelay>(config);
    }
    void test(const QUrl &server, const QByteArray &typed)
    {
        outcome.reset();
        workspace::tryServer(engine, home.secrets, server, Secret(typed), &context,
                             [this](const Result<QString> &result) { outcome = result; });
    }

    Home home;
    std::unique_ptr<LoopbackRelay> relay;
    client::Engine engine;
    QObject context;
    std::optional<Result<QString>> outcome;
};

} // namespace

class ServerTrialTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aGoodServerSaysWhereTunnelsAre();
    void aWrongTokenSaysWhatToDo();
    void theSavedTokenIsUsed();
    void aServerThatIsNotThere();
    void whoWentIsNotTold();
};

void ServerTrialTest::aGoodServerSaysWhereTunnelsAre()
{
    Bench bench;
    bench.test(urlOf(bench.relay->port()), {});
    QTRY_VERIFY(bench.outcome);
    QVERIFY2(*bench.outcome, bench.outcome->has_value() ? "" : bench.outcome->error().message.c_str());
    QVERIFY((*bench.outcome)->contains(QStringLiteral("http://NAME.localhost:%1/").arg(bench.relay->port())));
}

void ServerTrialTest::aWrongTokenSaysWhatToDo()
{
    Bench bench("good\n");
    bench.test(urlOf(bench.relay->port()), "wrong-one");
    QTRY_VERIFY(bench.outcome);
    QCOMPARE(bench.outcome->error().code, wire::Code::Unauthorized);
    QVERIFY(bench.outcome->error().message.find("operator") != std::string::npos);
    QVERIFY(bench.outcome->error().message.find("wrong-one") == std::string::npos);
    bench.test(urlOf(bench.relay->port()), {});
    QTRY_VERIFY(bench.outcome);
    QVERIFY(bench.outcome->error().message.find("Save one") != std::string::npos);
}

void ServerTrialTest::theSavedTokenIsUsed()
{
    Bench bench("good\n");
    const QUrl server = urlOf(bench.relay->port());
    bench.home.secrets.set(settings::secretAccount(server), Secret("good"));
    bench.test(server, {});
    QTRY_VERIFY(bench.outcome);
    QVERIFY(*bench.outcome);
}

void ServerTrialTest::aServerThatIsNotThere()
{
    Bench bench;
    quint16 free = 0;
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost)));
        free = server.serverPort();
    }
    bench.test(urlOf(free), {});
    QTRY_VERIFY(bench.outcome);
    QVERIFY(!*bench.outcome);
    QVERIFY(bench.outcome->error().message.find("reachable") != std::string::npos);
}

void ServerTrialTest::whoWentIsNotTold()
{
    Bench bench;
    bool told = false;
    {
        QObject context;
        workspace::tryServer(bench.engine, bench.home.secrets, urlOf(bench.relay->port()), Secret("any"), &context,
                             [&told](const Result<QString> &) { told = true; });
    }
    bench.test(urlOf(bench.relay->port()), {});
    QTRY_VERIFY(bench.outcome);
    QVERIFY(!told);
}

QTEST_GUILESS_MAIN(ServerTrialTest)
#include "server_trial_test.moc"
