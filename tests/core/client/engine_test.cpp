#include "client/engine.h"
#include "support/fake_stream_host.h"
#include "support/loopback_relay.h"
#include "support/raw_origin.h"
#include "support/raw_visitor.h"
#include "support/wire_server.h"

#include <QElapsedTimer>
#include <QTest>
#include <QThread>

using namespace client;
using support::RawOrigin;
using support::WireServer;

namespace {

TunnelConfig configFor(const WireServer &server, const RawOrigin &origin, const QString &id = QStringLiteral("t1"))
{
    TunnelConfig config;
    config.id = id;
    config.name = id + QStringLiteral("-name");
    config.server = server.url();
    config.target = support::loopbackTarget(origin.port(), QStringLiteral("localhost"));
    return config;
}

class Watcher : public QObject {
public:
    explicit Watcher(Engine &engine)
    {
        connect(&engine, &Engine::statusChanged, this, [this](const TunnelStatus &status) {
            wrongThread = wrongThread || QThread::currentThread() != thread();
            statuses[status.id] = status;
        });
        connect(&engine, &Engine::exchangesChanged, this, [this](const ExchangeBatch &batch) {
            ++batches;
            for (const auto &exchange : batch)
                exchanges[exchange.key] = exchange;
        });
        connect(&engine, &Engine::capturesChanged, this, [this](const CaptureBatch &batch) {
            for (const auto &update : batch)
                add(update);
        });
        connect(&engine, &Engine::logged, this,
                [this](const QString &level, const QString &line) { log << level + u' ' + line; });
    }
    Phase phase(const QString &id = QStringLiteral("t1")) { return statuses[id].phase; }
    qsizetype done() const
    {
        return std::ranges::count_if(exchanges, [](const auto &e) { return e.state == ExchangeState::Done; });
    }

    void add(const CaptureUpdate &update)
    {
        unknownCaptures += exchanges.contains(update.key) ? 0 : 1;
        responseBodies[update.key] += update.responseBody;
    }

    QMap<quint64, QByteArray> responseBodies;
    int unknownCaptures = 0; // of rows that were not told before
    QMap<QString, TunnelStatus> statuses;
    QMap<quint64, ExchangeSummary> exchanges;
    QStringList log;
    int batches = 0;
    bool wrongThread = false;
};

RawOrigin::Handler hello()
{
    return RawOrigin::always("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
}

} // namespace

class EngineTest : public QObject {
    Q_OBJECT
private:
    static TunnelConfig guardedConfig(const support::LoopbackRelay &relay, const RawOrigin &origin)
    {
        TunnelConfig config;
        config.id = QStringLiteral("t1");
        config.name = QStringLiteral("shop");
        config.server = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(relay.port()));
        config.target = support::loopbackTarget(origin.port(), QStringLiteral("localhost"));
        return config;
    }

private Q_SLOTS:
    void servesAndReports()
    {
        WireServer server;
        RawOrigin origin(hello());
        Engine engine;
        Watcher watcher(engine);
        engine.start(configFor(server, origin));
        QTRY_COMPARE(watcher.phase(), Phase::Online);
        for (std::uint32_t id = 1; id <= 100; ++id)
            server.client().request(id, "GET", "/" + std::to_string(id));
        QTRY_COMPARE(watcher.done(), 100);
        QVERIFY(watcher.batches < 50);
        QVERIFY(!watcher.wrongThread);
        QCOMPARE(watcher.exchanges.first().tunnelName, QStringLiteral("t1-name"));
        QCOMPARE(watcher.exchanges.first().target, QStringLiteral("/1"));
        QVERIFY(watcher.log.contains(QStringLiteral("info t1: online at http://t1-name.localhost:1/")));
    }

    void recordsWhenAsked()
    {
        WireServer server;
        RawOrigin origin(hello());
        EngineOptions options;
        options.captureBodyBytes = 100;
        Engine engine(options);
        Engine other; // records nothing
        Watcher watcher(engine);
        Watcher otherWatcher(other);
        engine.start(configFor(server, origin));
        other.start(configFor(server, origin, QStringLiteral("t2")));
        QTRY_COMPARE(server.online(), std::size_t{2});
        server.client(0).request(1, "GET", "/1");
        server.client(1).request(1, "GET", "/1");
        QTRY_COMPARE(watcher.done(), 1);
        QTRY_COMPARE(otherWatcher.done(), 1);
        QTRY_COMPARE(watcher.responseBodies.value(watcher.exchanges.firstKey()), QByteArray("hello"));
        QCOMPARE(watcher.unknownCaptures, 0);
        QVERIFY(otherWatcher.responseBodies.isEmpty());
    }

    void replays()
    {
        RawOrigin origin(hello());
        EngineOptions options;
        options.captureBodyBytes = 100;
        Engine engine(options);
        Watcher watcher(engine);
        ReplayRequest request;
        request.head.method = "GET";
        request.head.uri = "/again";
        request.target = support::loopbackTarget(origin.port());
        const quint64 first = engine.replay(request);
        const quint64 second = engine.replay(request);
        QVERIFY(first < second);
        QTRY_COMPARE(watcher.done(), 2);
        QCOMPARE(watcher.exchanges[first].origin, ExchangeOrigin::Replay);
        QTRY_COMPARE(watcher.responseBodies.value(second), QByteArray("hello"));
        origin.setHandler([](auto &) {});
        const quint64 hanging = engine.replay(request);
        QTRY_COMPARE(watcher.exchanges[hanging].state, ExchangeState::Pending);
        engine.cancelReplay(hanging);
        QTRY_COMPARE(watcher.exchanges[hanging].state, ExchangeState::Aborted);
        QCOMPARE(watcher.exchanges[hanging].error.code, wire::Code::Cancelled);
    }

    void whilePausedVisitorsGet503AndTheUrlStays()
    {
        support::LoopbackRelay relay;
        RawOrigin origin(hello());
        Engine engine;
        Watcher watcher(engine);
        auto config = configFor(WireServer(), origin);
        config.name = QStringLiteral("shop");
        config.server = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(relay.port()));
        engine.start(config);
        QTRY_COMPARE(watcher.phase(), Phase::Online);
        const QString url = watcher.statuses[config.id].publicUrl;
        engine.setPaused(config.id, true);
        QTRY_VERIFY(watcher.statuses[config.id].paused);
        support::RawVisitor visitor(relay.port());
        visitor.send(support::get("shop.localhost", "/meanwhile"));
        QCOMPARE(visitor.readResponse().status(), 503U);
        QTRY_COMPARE(watcher.exchanges.size(), 1);
        QCOMPARE(watcher.exchanges.first().state, ExchangeState::Aborted);
        QCOMPARE(watcher.exchanges.first().error.code, wire::Code::LocalServiceUnavailable);
        QCOMPARE(origin.connectionCount(), 0);
        engine.setPaused(config.id, false);
        QTRY_VERIFY(!watcher.statuses[config.id].paused);
        QCOMPARE(watcher.statuses[config.id].publicUrl, url);
        visitor.send(support::get("shop.localhost", "/after"));
        QTRY_COMPARE(watcher.done(), 1); // this thread serves the origin meanwhile
        QCOMPARE(visitor.readResponse().body, std::string("hello"));
    }

    void rulesHoldBeforeTheService()
    {
        support::LoopbackRelay relay;
        QByteArray received;
        RawOrigin origin([&received](RawOrigin::Client &client) {
            received += client.received;
            hello()(client);
        });
        Engine engine;
        Watcher watcher(engine);
        auto config = guardedConfig(relay, origin);
        // "pleaseletmein"
        config.rules.logins = {
            *guard::parseLogin("ann:$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o"
                               "+7qQT44+qbVD9lRdofI")};
        config.rules.only = {*guard::RequestRule::parse("GET /open/*")};
        config.rules.cors = true;
        engine.start(config);
        QTRY_COMPARE(watcher.phase(), Phase::Online);
        support::RawVisitor visitor(relay.port());
        visitor.send(support::get("shop.localhost", "/secret/x"));
        QCOMPARE(visitor.readResponse().status(), 403U);
        visitor.send(support::get("shop.localhost", "/open/x"));
        const auto asked = visitor.readResponse();
        QCOMPARE(asked.status(), 401U);
        QVERIFY(asked.header("WWW-Authenticate").starts_with("Basic"));
        visitor.send(support::get("shop.localhost", "/open/x", "Authorization: Basic YW5uOmd1ZXNz\r\n")); // ann:guess
        QCOMPARE(visitor.readResponse().status(), 401U);
        visitor.send(support::post("shop.localhost", "/open/x", "a body that nobody reads"));
        QCOMPARE(visitor.readResponse().status(), 403U);
        visitor.send(support::request("OPTIONS", "shop.localhost", "/open/x",
                                      "Origin: https://a.example\r\nAccess-Control-Request-Method: GET\r\n"));
        QCOMPARE(visitor.readResponse().status(), 204U);
        QCOMPARE(origin.connectionCount(), 0);
        QTRY_COMPARE(watcher.done(), 3); // those that were answered here
        // ann:pleaseletmein
        visitor.send(support::get("shop.localhost", "/open/x", "Authorization: Basic YW5uOnBsZWFzZWxldG1laW4=\r\n"));
        QTRY_COMPARE(watcher.done(), 4); // this thread serves the origin meanwhile
        const auto let = visitor.readResponse();
        QCOMPARE(let.body, std::string("hello"));
        QCOMPARE(let.header("Access-Control-Allow-Origin"), std::string("*"));
        QVERIFY(received.contains("GET /open/x") && !received.contains("Authorization"));
    }

    void theOwnerIsAskedAboutVisitors()
    {
        support::LoopbackRelay relay;
        QByteArray received;
        RawOrigin origin([&received](RawOrigin::Client &client) {
            received += client.received;
            hello()(client);
        });
        Engine engine;
        Watcher watcher(engine);
        QList<VisitorQuestion> questions;
        int decided = 0;
        connect(&engine, &Engine::visitorWaiting, this, [&](const VisitorQuestion &asked) { questions << asked; });
        connect(&engine, &Engine::visitorDecided, this, [&](const VisitorQuestion &) { ++decided; });
        auto config = guardedConfig(relay, origin);
        config.rules.askFirst = true;
        engine.start(config);
        QTRY_COMPARE(watcher.phase(), Phase::Online);
        support::RawVisitor visitor(relay.port());
        visitor.send(support::get("shop.localhost", "/", "User-Agent: curl/8\r\n"));
        QTRY_COMPARE(questions.size(), 1);
        QCOMPARE(questions.first(),
                 (VisitorQuestion{config.id, QStringLiteral("127.0.0.1"), QStringLiteral("curl/8")}));
        QCOMPARE(origin.connectionCount(), 0);
        engine.answerVisitor(questions.first(), true);
        QTRY_COMPARE(watcher.done(), 1);
        QCOMPARE(visitor.readResponse().body, std::string("hello"));
        QTRY_COMPARE(decided, 1);
        engine.answerVisitor(questions.first(), false); // changed one's mind; the next request comes after it
        visitor.send(support::get("shop.localhost", "/"));
        QCOMPARE(visitor.readResponse().status(), 403U);
        QCOMPARE(received.count("GET "), 1);
    }

    void closesEveryLinkPolitelyAndSoon()
    {
        WireServer server;
        RawOrigin origin(hello());
        auto engine = std::make_unique<Engine>();
        Watcher watcher(*engine);
        for (int i = 0; i < 10; ++i)
            engine->start(configFor(server, origin, QStringLiteral("tunnel%1").arg(i)));
        QTRY_COMPARE(server.online(), std::size_t{10});
        QElapsedTimer timer;
        timer.start();
        engine.reset();
        QVERIFY(timer.elapsed() < 3000);
        for (std::size_t i = 0; i < 10; ++i) {
            QTRY_VERIFY(server.client(i).gone);
            QCOMPARE(server.client(i).closeCode, quint16(QWebSocketProtocol::CloseCodeGoingAway));
        }
    }

    void endsAtOnceWithNothingStarted()
    {
        QElapsedTimer timer;
        timer.start();
        Engine().start({});
        Engine();
        QVERIFY(timer.elapsed() < 2000);
    }

    void stopsRemovesAndStartsAnew()
    {
        WireServer server;
        RawOrigin origin(hello());
        Engine engine;
        Watcher watcher(engine);
        const auto config = configFor(server, origin);
        engine.start(config);
        QTRY_COMPARE(watcher.phase(), Phase::Online);
        engine.stop(config.id);
        QTRY_COMPARE(watcher.phase(), Phase::Stopped);
        engine.start(config);
        QTRY_COMPARE(watcher.phase(), Phase::Online);
        QCOMPARE(server.client(1).ready->session, server.client(0).ready->session);
        engine.remove(config.id);
        QTRY_COMPARE(watcher.phase(), Phase::Stopped);
        QTRY_COMPARE(server.online(), std::size_t{0});
        engine.reconnect(config.id);
        engine.stop(QStringLiteral("unknown"));
        QVERIFY(!QTest::qWaitFor([&] { return server.clients.size() != 2; }, 100));
    }

    void aNewTargetIsServedUnderTheSameName()
    {
        WireServer server;
        RawOrigin first(RawOrigin::always("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1"));
        RawOrigin second(RawOrigin::always("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2"));
        Engine engine;
        Watcher watcher(engine);
        auto config = configFor(server, first);
        config.name.clear();
        engine.start(config);
        QTRY_COMPARE(watcher.phase(), Phase::Online);
        config.target.port = second.port();
        engine.start(config);
        QTRY_COMPARE(server.clients.size(), std::size_t{2});
        QTRY_VERIFY(server.client(1).ready);
        QCOMPARE(server.client(1).ready->name, std::string("a1b2c3d4e5f6"));
        server.client(1).request(1, "GET", "/");
        QTRY_VERIFY(server.client(1).streams[1].ended);
        QCOMPARE(server.client(1).streams[1].body, std::string("2"));
    }

    void reconnectsAll()
    {
        WireServer server;
        RawOrigin origin(hello());
        Engine engine;
        Watcher watcher(engine);
        engine.start(configFor(server, origin, QStringLiteral("one")));
        engine.start(configFor(server, origin, QStringLiteral("two")));
        QTRY_COMPARE(server.online(), std::size_t{2});
        engine.reconnectAll();
        QTRY_COMPARE(server.clients.size(), std::size_t{4});
        QTRY_COMPARE(server.online(), std::size_t{2});
        QTRY_COMPARE(watcher.phase(QStringLiteral("one")), Phase::Online);
        QTRY_COMPARE(watcher.phase(QStringLiteral("two")), Phase::Online);
    }

    void tokensStayOutOfTheLog()
    {
        RawOrigin server([](auto &client) { client.send("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"); });
        Engine engine;
        Watcher watcher(engine);
        TunnelConfig config;
        config.id = QStringLiteral("t1");
        config.server = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server.port()));
        config.token = Token("s3cr3t");
        config.target.port = 3000;
        engine.start(config);
        QTRY_COMPARE(watcher.phase(), Phase::Failed);
        QVERIFY(server.received().contains("s3cr3t"));
        QTRY_VERIFY(!watcher.log.isEmpty());
        QVERIFY(!watcher.log.join(u'\n').contains(QStringLiteral("s3cr3t")));
    }
};

QTEST_GUILESS_MAIN(EngineTest)
#include "engine_test.moc"
