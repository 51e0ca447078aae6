#include "client/tunnel_runner.h"
#include "support/fake_stream_host.h"
#include "support/raw_origin.h"
#include "support/wire_server.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

using namespace client;
using support::RawOrigin;
using support::WireServer;
using wire::Code;

namespace {

// Short enough for a test, and every stage still apart from the others.
EngineOptions fastOptions()
{
    EngineOptions options;
    options.pingIntervalMs = 100;
    options.pongGraceMs = 100;
    options.retryBaseMs = 20;
    options.retryCapMs = 100;
    options.handshakeTimeoutMs = 500;
    options.useSystemProxy = false;
    return options;
}

class Bench : public QObject {
public:
    explicit Bench(const QUrl &server, const QString &name = {}, const EngineOptions &options = fastOptions())
    {
        config.id = QStringLiteral("t1");
        config.name = name;
        config.server = server;
        config.target = support::loopbackTarget(m_origin.port());
        runner =
            std::make_unique<TunnelRunner>(config, options, m_pool, LinkServices{m_log, m_scratch}, m_links, nullptr);
        connect(runner.get(), &TunnelRunner::statusChanged, this, [this](const TunnelStatus &status) {
            phases << status.phase;
            last = status;
        });
        runner->start({});
    }

    TunnelConfig config;
    QList<Phase> phases;
    TunnelStatus last;

private:
    RawOrigin m_origin{RawOrigin::always("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")};
    LocalPool m_pool;
    ExchangeLog m_log;
    std::array<char, wire::kMaxDataBytes> m_scratch;
    QObject m_links;

public:
    std::unique_ptr<TunnelRunner> runner;
};

// A WebSocket server written by hand: it accepts, says connection_established and then never answers anything, as a
// server does whose machine has gone without a word.
void acceptAndFallSilent(RawOrigin::Client &client)
{
    static const QRegularExpression kKey(QStringLiteral("Sec-WebSocket-Key: (\\S+)\r\n"));
    const auto key = kKey.match(QString::fromLatin1(client.received));
    if (!client.received.startsWith("GET") || !key.hasMatch())
        return;
    client.received.clear();
    const QByteArray accept =
        QCryptographicHash::hash(key.captured(1).toLatin1() + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
                                 QCryptographicHash::Sha1)
            .toBase64();
    client.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Protocol: tunnel.v2.msgpack\r\nSec-WebSocket-Accept: " +
                accept + "\r\n\r\n");
    wire::ConnectionEstablished established;
    established.tunnelId = "shop";
    established.connectionId = "c1";
    established.publicUrl = "http://shop.localhost/";
    std::string frames;
    const auto at = wire::beginFrame(frames, 0, wire::FrameKind::Control);
    wire::encodeControl(frames, established);
    wire::finishFrame(frames, at);
    const char size[] = {char(0x82), 126, 0, char(frames.size())}; // one binary message of less than 256 bytes
    client.send(QByteArray(size, sizeof size) + QByteArray::fromStdString(frames));
}

} // namespace

class TunnelRunnerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void comesOnlineAndSaysWhere()
    {
        WireServer server;
        server.limits = {.maxBodyBytes = 25'000'000, .requestsPerHour = 180'000};
        Bench bench(server.url(), QStringLiteral("shop"));
        QTRY_COMPARE(bench.last.phase, Phase::Online);
        QCOMPARE(bench.last.limits, server.limits);
        QCOMPARE(bench.phases, (QList<Phase>{Phase::Connecting, Phase::Online}));
        QCOMPARE(bench.last.id, QStringLiteral("t1"));
        QCOMPARE(bench.last.name, QStringLiteral("shop"));
        QCOMPARE(bench.last.publicUrl, QStringLiteral("http://shop.localhost:1/"));
        const auto &ready = *server.client().ready;
        QCOMPARE(ready.name, std::string("shop"));
        QCOMPARE(ready.links, 0U);
        QVERIFY(!ready.session.empty());
        QVERIFY(!ready.clientVersion.empty());
        QVERIFY(!ready.clientOs.empty());
    }

    void keepsADrawnNameThroughARestartOfTheServer()
    {
        auto server = std::make_unique<WireServer>();
        const auto port = server->port();
        Bench bench(server->url());
        QTRY_COMPARE(bench.last.phase, Phase::Online);
        const auto session = server->client().ready->session;
        QCOMPARE(bench.last.name, QStringLiteral("a1b2c3d4e5f6"));
        const QString url = bench.last.publicUrl;
        server->crash();
        QTRY_COMPARE(bench.last.phase, Phase::Reconnecting);
        QVERIFY(bench.last.attempt >= 1);
        QVERIFY(!bench.last.reason.message.empty());
        QTRY_VERIFY(bench.last.attempt >= 3);
        server.reset();
        server = std::make_unique<WireServer>(port);
        server->drawnName = "other0000000";
        QVERIFY(server->isListening());
        QElapsedTimer timer;
        timer.start();
        QTRY_COMPARE(bench.last.phase, Phase::Online);
        QVERIFY(timer.elapsed() < 5000);
        QCOMPARE(server->client().ready->name, std::string("a1b2c3d4e5f6"));
        QCOMPARE(server->client().ready->session, session);
        QCOMPARE(bench.last.publicUrl, url);
    }

    void pausingIsToldAndHoldsOnNewLinks()
    {
        WireServer server;
        Bench bench(server.url(), QStringLiteral("shop"));
        QTRY_COMPARE(bench.last.phase, Phase::Online);
        QVERIFY(!bench.last.paused);
        bench.runner->setPaused(true);
        QVERIFY(bench.last.paused);
        QCOMPARE(bench.last.phase, Phase::Online);
        QCOMPARE(bench.last.publicUrl, QStringLiteral("http://shop.localhost:1/"));
        const auto told = bench.phases.size();
        bench.runner->setPaused(true);
        QCOMPARE(bench.phases.size(), told);
        server.client().request(1, "GET", "/");
        QTRY_VERIFY(server.client().streams[1].reset);
        bench.runner->reconnect();
        QTRY_VERIFY(server.clients.size() == 2 && server.client(1).ready);
        QTRY_COMPARE(bench.last.phase, Phase::Online);
        QVERIFY(bench.last.paused);
        server.client(1).request(1, "GET", "/");
        QTRY_VERIFY(server.client(1).streams[1].reset);
        QCOMPARE(server.client(1).streams[1].reset->code, Code::LocalServiceUnavailable);
        bench.runner->setPaused(false);
        QVERIFY(!bench.last.paused);
        server.client(1).request(2, "GET", "/");
        QTRY_VERIFY(server.client(1).streams[2].ended);
    }

    void aRefusedTokenIsFinal()
    {
        const QByteArray reason = R"({"error":{"code":"unauthorized","message":"unknown token"}})";
        RawOrigin server(RawOrigin::always(
            "HTTP/1.1 401 Unauthorized\r\nContent-Length: " + QByteArray::number(reason.size()) + "\r\n\r\n" + reason));
        Bench bench(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server.port())));
        QTRY_COMPARE(bench.last.phase, Phase::Failed);
        QCOMPARE(bench.last.reason, (wire::Error{Code::Unauthorized, "unknown token"}));
        const auto connections = server.connectionCount();
        QVERIFY(!QTest::qWaitFor([&] { return server.connectionCount() != connections; }, 300));
        bench.runner->reconnect();
        QTRY_VERIFY(server.connectionCount() > connections);
    }

    void aRefusalByMessageIsFinal()
    {
        WireServer server;
        server.refusal = wire::Error{Code::NameTaken, "shop is taken"};
        Bench bench(server.url(), QStringLiteral("shop"));
        QTRY_COMPARE(bench.last.phase, Phase::Failed);
        QCOMPARE(bench.last.reason, *server.refusal);
        QTRY_VERIFY(server.client().gone);
    }

    void aSilentServerIsNoticed()
    {
        RawOrigin server(acceptAndFallSilent);
        Bench bench(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server.port())));
        QTRY_COMPARE(bench.last.phase, Phase::Online);
        QElapsedTimer timer;
        timer.start();
        QTRY_COMPARE(bench.last.phase, Phase::Reconnecting);
        QVERIFY(timer.elapsed() >= 100); // not the first hiccup
        QCOMPARE(bench.last.reason.code, Code::Timeout);
        QTRY_VERIFY(server.connectionCount() >= 2);
    }

    void anAnsweringServerIsKept()
    {
        WireServer server;
        Bench bench(server.url());
        QTRY_COMPARE(bench.last.phase, Phase::Online);
        QVERIFY(!QTest::qWaitFor([&] { return bench.phases.size() > 2; }, 1000));
        QCOMPARE(server.clients.size(), std::size_t{1});
    }

    void aServerThatNeverAnswersTheHandshakeIsGivenUp()
    {
        RawOrigin server([](auto &) {});
        Bench bench(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server.port())));
        QTRY_COMPARE(bench.last.phase, Phase::Reconnecting);
        QCOMPARE(bench.last.reason.code, Code::Timeout);
        QTRY_VERIFY(server.connectionCount() >= 2);
    }

    void aDrainingServerIsHandedOver()
    {
        WireServer server;
        Bench bench(server.url(), QStringLiteral("shop"));
        QTRY_COMPARE(bench.last.phase, Phase::Online);
        server.client().control(wire::Draining{"hand-over"});
        QTRY_COMPARE(server.clients.size(), std::size_t{2});
        QTRY_VERIFY(server.client(1).ready);
        QCOMPARE(server.client(1).ready->links, 1U);
        QCOMPARE(server.client(1).ready->session, server.client(0).ready->session);
        QTRY_VERIFY(server.client(0).gone);
        QVERIFY(!server.client(1).gone);
        QCOMPARE(bench.last.phase, Phase::Online);
        QVERIFY(!bench.phases.contains(Phase::Reconnecting));
    }

    void stopsAndStartsAgainOnDemand()
    {
        WireServer server;
        Bench bench(server.url());
        QTRY_COMPARE(bench.last.phase, Phase::Online);
        bench.runner->stop();
        QCOMPARE(bench.last.phase, Phase::Stopped);
        QTRY_VERIFY(server.client().gone);
        bench.runner->reconnect();
        QCOMPARE(bench.last.phase, Phase::Stopped);
        auto identity = bench.runner->identityFor(bench.config);
        QCOMPARE(identity.name, std::string("a1b2c3d4e5f6"));
        QCOMPARE(identity.session, server.client().ready->session);
        auto other = bench.config;
        other.server = QUrl(QStringLiteral("http://elsewhere.example"));
        QVERIFY(bench.runner->identityFor(other).session.empty());
        bench.runner->start(identity);
        QTRY_COMPARE(bench.last.phase, Phase::Online);
        QCOMPARE(server.client(1).ready->session, identity.session);
    }

    void aServerAddressThatIsNoneFails()
    {
        Bench bench(QUrl(QStringLiteral("ftp://example.org")));
        QCOMPARE(bench.last.phase, Phase::Failed);
        QCOMPARE(bench.last.reason.code, Code::InvalidRequest);
    }

    void aNetworkChangeReconnectsAtOnce()
    {
        auto options = fastOptions();
        options.retryBaseMs = 60'000;
        options.retryCapMs = 60'000;
        RawOrigin placeholder;
        const auto port = placeholder.port();
        placeholder.close();
        Bench bench(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port)), QStringLiteral("shop"), options);
        QTRY_COMPARE(bench.last.phase, Phase::Reconnecting);
        WireServer server(port);
        QVERIFY(server.isListening());
        bench.runner->networkChanged();
        QTRY_COMPARE(bench.last.phase, Phase::Online);
    }
};

QTEST_GUILESS_MAIN(TunnelRunnerTest)
#include "tunnel_runner_test.moc"
