#include "client/tunnel_link.h"
#include "support/fake_stream_host.h"
#include "support/raw_origin.h"
#include "support/wire_server.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace client;
using support::RawOrigin;
using support::WireServer;
using wire::Code;

namespace {

// A link to a server, with an origin behind it; events are kept.
class Bench : public QObject {
public:
    explicit Bench(RawOrigin::Handler handler = RawOrigin::always("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
                   std::shared_ptr<TunnelGuard> rules = {})
        : origin(std::move(handler))
    {
        StreamSettings settings{pool.site(support::loopbackTarget(origin.port())),
                                std::string("local.test"),
                                {QStringLiteral("t1"), QStringLiteral("shop")},
                                std::move(rules)};
        link = new TunnelLink(
            1, {*parseServerUrl(server.url()), Token(), false}, settings, {log, m_scratch},
            [this](const Event &event) { take(event); }, this);
        link->open();
    }
    // Up to connection_established.
    bool online()
    {
        return QTest::qWaitFor([this] { return established; });
    }
    support::WireStream &stream(std::uint32_t id = 1) { return server.client().streams[id]; }

    WireServer server;
    RawOrigin origin;
    LocalPool pool;
    ExchangeLog log;
    QPointer<TunnelLink> link;
    bool established = false;
    bool draining = false;
    bool drained = false;
    std::optional<wire::Error> lost;
    std::optional<wire::Error> refused;

private:
    void take(const Event &event)
    {
        if (std::holds_alternative<event::LinkOpened>(event))
            link->sendControl(wire::Ready{});
        if (std::holds_alternative<event::Established>(event))
            established = true;
        if (std::holds_alternative<event::Draining>(event))
            draining = true;
        if (std::holds_alternative<event::Drained>(event))
            drained = true;
        if (const auto *what = std::get_if<event::LinkLost>(&event))
            lost = what->why;
        if (const auto *what = std::get_if<event::Refused>(&event))
            refused = what->why;
    }

    std::array<char, wire::kMaxDataBytes> m_scratch;
};

// Answers "GET /N" with N as the body, each after a different number of turns.
void answerWithItsNumber(RawOrigin::Client &client)
{
    for (auto end = client.received.indexOf("\r\n\r\n"); end >= 0; end = client.received.indexOf("\r\n\r\n")) {
        const QByteArray number = client.received.mid(5, client.received.indexOf(' ', 5) - 5);
        client.received.remove(0, end + 4);
        const auto answer = [&client, number] {
            client.send("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(number.size()) + "\r\n\r\n" +
                        number);
        };
        QTimer::singleShot(number.toInt() % 7, client.socket, answer);
    }
}

} // namespace

class TunnelLinkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void servesARequest()
    {
        Bench bench;
        QVERIFY(bench.online());
        bench.server.client().request(1, "GET", "/");
        QTRY_VERIFY(bench.stream().ended);
        QCOMPARE(bench.stream().heads[0].status, 200U);
        QCOMPARE(bench.stream().body, std::string("hello"));
        QVERIFY(bench.link->takeHeard());
        QVERIFY(!bench.link->takeHeard());
    }

    void aThousandRequestsAreNotMixedUp()
    {
        Bench bench(answerWithItsNumber);
        QVERIFY(bench.online());
        constexpr std::uint32_t kRequests = 1000;
        std::string frames;
        for (std::uint32_t id = 1; id <= kRequests; ++id) {
            support::WireClient::appendRequest(frames, id, "GET", "/" + std::to_string(id * 31));
            if (id % 100 == 0)
                bench.server.client().send(std::exchange(frames, {}));
        }
        for (std::uint32_t id = 1; id <= kRequests; ++id) {
            QTRY_VERIFY_WITH_TIMEOUT(bench.stream(id).ended, 30'000);
            QCOMPARE(bench.stream(id).body, std::to_string(id * 31));
        }
    }

    void framesLeaveTogether()
    {
        Bench bench;
        QVERIFY(bench.online());
        const int before = bench.server.client().messages;
        std::string frames;
        for (std::uint32_t id = 1; id <= 50; ++id)
            support::WireClient::appendRequest(frames, id, "GET", "bad-target");
        bench.server.client().send(frames);
        QTRY_VERIFY(bench.stream(50).reset);
        QCOMPARE(bench.server.client().messages, before + 1);
        QCOMPARE(bench.stream(1).reset->code, Code::InvalidRequest);
    }

    void noMessageIsLargerThanAllowed()
    {
        const QByteArray body(3 * 1024 * 1024, 'x');
        Bench bench([&](auto &client) {
            client.received.clear();
            client.send("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        });
        QVERIFY(bench.online());
        std::string frames;
        for (std::uint32_t id = 1; id <= 8; ++id) {
            support::WireClient::appendRequest(frames, id, "GET", "/");
            wire::appendWindow(frames, id, 4 * 1024 * 1024);
        }
        bench.server.client().send(frames);
        for (std::uint32_t id = 1; id <= 8; ++id) {
            QTRY_VERIFY_WITH_TIMEOUT(bench.stream(id).ended, 20'000);
            QCOMPARE(qsizetype(bench.stream(id).body.size()), body.size());
        }
        QVERIFY(bench.server.client().largestMessage <= qint64(wire::kMaxMessageBytes));
    }

    void framesOfFinishedStreamsAreIgnored()
    {
        Bench bench;
        QVERIFY(bench.online());
        bench.server.client().request(1, "GET", "/");
        QTRY_VERIFY(bench.stream().ended);
        std::string frames;
        wire::appendWindow(frames, 1, 1000);
        wire::appendFrame(frames, 1, wire::FrameKind::Data, "late");
        wire::appendFrame(frames, 1, wire::FrameKind::End, {});
        support::WireClient::appendRequest(frames, 2, "GET", "/");
        bench.server.client().send(frames);
        QTRY_VERIFY(bench.stream(2).ended);
        QVERIFY(!bench.lost);
    }

    void breachesCloseTheLink_data()
    {
        QTest::addColumn<QByteArray>("message");
        std::string twice;
        support::WireClient::appendRequest(twice, 1, "GET", "/hang");
        support::WireClient::appendRequest(twice, 1, "GET", "/hang");
        QTest::newRow("a stream begun twice") << QByteArray::fromStdString(twice);
        QTest::newRow("not a frame") << QByteArray("xyz");
        QTest::newRow("truncated frame") << QByteArray("\0\0\0\1\3\0\0\7abc", 11);
        QTest::newRow("unknown kind") << QByteArray("\0\0\0\1\x63\0\0\0", 8);
        std::string head;
        wire::appendFrame(head, 3, wire::FrameKind::RequestHead, "\xc1");
        QTest::newRow("bad head") << QByteArray::fromStdString(head);
        std::string response;
        const auto at = wire::beginFrame(response, 3, wire::FrameKind::ResponseHead);
        wire::encodeResponseHead(response, {.status = 200, .reason = "OK", .headers = {}, .upgrade = {}, .body = {}});
        wire::finishFrame(response, at);
        QTest::newRow("a response from the server") << QByteArray::fromStdString(response);
        std::string control;
        wire::appendFrame(control, 0, wire::FrameKind::Control, "\xff\xff");
        QTest::newRow("bad control") << QByteArray::fromStdString(control);
    }
    void breachesCloseTheLink()
    {
        QFETCH(QByteArray, message);
        Bench bench([](auto &) {});
        QVERIFY(bench.online());
        bench.server.client().send(message.toStdString());
        QTRY_VERIFY(bench.lost);
        QCOMPARE(bench.lost->code, Code::ProtocolError);
        QTRY_VERIFY(bench.server.client().gone);
        QCOMPARE(bench.server.client().closeCode, quint16(QWebSocketProtocol::CloseCodeProtocolError));
    }

    void creditBeyondAllSenseIsABreach()
    {
        Bench bench([](auto &) {});
        QVERIFY(bench.online());
        std::string frames;
        support::WireClient::appendRequest(frames, 1, "GET", "/");
        wire::appendWindow(frames, 1, 0x7fffffff);
        bench.server.client().send(frames);
        QTRY_VERIFY(bench.lost);
        QCOMPARE(bench.lost->code, Code::ProtocolError);
    }

    void streamsBeforeTheLinkStandsAreABreach()
    {
        Bench bench;
        bench.server.answersReady = false;
        QTRY_COMPARE(bench.server.clients.size(), std::size_t{1});
        bench.server.client().request(1, "GET", "/");
        QTRY_VERIFY(bench.lost);
        QCOMPARE(bench.origin.connectionCount(), 0);
    }

    void tooManyStreamsAreRefusedOneByOne()
    {
        Bench bench([](auto &) {});
        QVERIFY(bench.online());
        std::string frames;
        for (std::uint32_t id = 1; id <= wire::kMaxStreamsPerLink + 1; ++id) {
            support::WireClient::appendRequest(frames, id, "GET", "/hang");
            if (id % 500 == 0)
                bench.server.client().send(std::exchange(frames, {}));
        }
        bench.server.client().send(frames);
        QTRY_VERIFY_WITH_TIMEOUT(bench.stream(wire::kMaxStreamsPerLink + 1).reset, 30'000);
        QCOMPARE(bench.stream(wire::kMaxStreamsPerLink + 1).reset->code, Code::RateLimited);
        QVERIFY(!bench.stream(1).reset);
        QVERIFY(!bench.lost);
    }

    void whilePausedNewRequestsAreRefused()
    {
        Bench bench([](auto &) {});
        QVERIFY(bench.online());
        QSignalSpy batches(&bench.log, &ExchangeLog::batch);
        bench.server.client().request(1, "GET", "/before");
        QTRY_VERIFY(!bench.origin.received().isEmpty());
        bench.link->setPaused(true);
        bench.server.client().request(2, "GET", "/meanwhile");
        QTRY_VERIFY(bench.stream(2).reset);
        QCOMPARE(*bench.stream(2).reset, (wire::Error{Code::LocalServiceUnavailable, "the tunnel is paused"}));
        QVERIFY(!bench.stream(1).reset);
        bench.origin.client(0).send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        QTRY_VERIFY(bench.stream(1).ended);
        bench.log.flush();
        const auto rows = batches.last()[0].value<ExchangeBatch>();
        const auto refused = std::ranges::find(rows, QStringLiteral("/meanwhile"), &ExchangeSummary::target);
        QVERIFY(refused != rows.end());
        QCOMPARE(refused->state, ExchangeState::Aborted);
        QCOMPARE(refused->error.code, Code::LocalServiceUnavailable);
        bench.link->setPaused(false);
        bench.server.client().request(3, "GET", "/after");
        QTRY_VERIFY(bench.origin.received().contains("/after"));
        QVERIFY(!bench.origin.received().contains("/meanwhile"));
    }

    void errorMessagesAreRefusals()
    {
        Bench bench;
        QVERIFY(bench.online());
        bench.server.client().control(wire::ErrorMessage{{}, {Code::Unauthorized, "revoked"}});
        QTRY_VERIFY(bench.refused);
        QCOMPARE(*bench.refused, (wire::Error{Code::Unauthorized, "revoked"}));
    }

    void anAddressThatIsNoneOfTheWebIsABreach()
    {
        for (const char *url : {"file:///tmp/x.desktop", "javascript:alert(1)", "HTTPS:x", "/shop/"}) {
            Bench bench;
            QVERIFY(bench.online());
            wire::ConnectionEstablished established;
            established.connectionId = "c1";
            established.tunnelId = "shop";
            established.publicUrl = "https://shop.example/";
            established.pathBasedUrl = url;
            bench.server.client().control(established);
            QTRY_VERIFY2(bench.lost, url);
            QCOMPARE(bench.lost->code, Code::ProtocolError);
        }
    }

    void answersPings()
    {
        Bench bench;
        QVERIFY(bench.online());
        bench.server.client().control(wire::Ping{});
        QTRY_VERIFY(std::holds_alternative<wire::Pong>(bench.server.client().controls.back()));
    }

    void drainsWhenItsLastStreamEnds()
    {
        Bench bench([](auto &) {});
        QVERIFY(bench.online());
        bench.server.client().request(1, "GET", "/slow");
        QTRY_VERIFY(!bench.origin.received().isEmpty());
        bench.server.client().control(wire::Draining{"restart"});
        QTRY_VERIFY(bench.draining);
        bench.link->watchDrain();
        QVERIFY(!QTest::qWaitFor([&] { return bench.drained; }, 50));
        bench.origin.client(0).send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        QTRY_VERIFY(bench.drained);
        QTRY_VERIFY(bench.stream().ended);
    }

    void closingEndsItsStreamsAndItself()
    {
        Bench bench([](auto &) {});
        QVERIFY(bench.online());
        bench.server.client().request(1, "GET", "/slow");
        QTRY_COMPARE(bench.origin.connectionCount(), 1);
        bench.link->close({});
        QTRY_VERIFY(bench.origin.client(0).ended);
        QTRY_VERIFY(bench.server.client().gone);
        QTRY_VERIFY(bench.link.isNull());
        QCOMPARE(bench.server.client().closeCode, quint16(QWebSocketProtocol::CloseCodeGoingAway));
        QVERIFY(!bench.lost);
    }

    void whatIsOpenEndsWithTheTunnelsTime()
    {
        const auto rules = std::make_shared<TunnelGuard>(guard::Rules{.cors = true}, guard::Secrets{}, true);
        Bench bench([](auto &) {}, rules);
        QVERIFY(bench.online());
        bench.server.client().request(1, "GET", "/slow");
        QTRY_COMPARE(bench.origin.connectionCount(), 1);
        Q_EMIT rules->expired();
        QTRY_VERIFY(bench.stream().reset);
        QCOMPARE(bench.stream().reset->code, Code::Forbidden);
        QTRY_VERIFY(bench.origin.client(0).ended);
        QVERIFY(!bench.lost);
    }

    void closingADeadLinkIsBounded()
    {
        RawOrigin silent([](auto &) {});
        LocalPool pool;
        ExchangeLog log;
        std::array<char, 16> scratch{};
        QObject parent;
        QPointer<TunnelLink> link = new TunnelLink(
            1, {*parseServerUrl(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(silent.port()))), Token(), false},
            {pool.site(support::loopbackTarget(1)), {}, {}}, {log, scratch}, [](const Event &) {}, &parent);
        link->open();
        QTRY_VERIFY(!silent.received().isEmpty());
        link->close({});
        QTRY_VERIFY_WITH_TIMEOUT(link.isNull(), 3000);
        QTRY_VERIFY(silent.client(0).ended);
    }
};

QTEST_GUILESS_MAIN(TunnelLinkTest)
#include "tunnel_link_test.moc"
