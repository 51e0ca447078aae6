#include "client/local_request.h"

#include "support/fake_stream_host.h"
#include "support/raw_origin.h"

#include <QSignalSpy>
#include <QTest>

using namespace client;
using support::FakeStreamHost;
using support::loopbackTarget;
using support::RawOrigin;
using wire::BodyKind;
using wire::Code;

namespace {

constexpr std::uint32_t kStream = 1;

wire::RequestHead head(const char *method, const char *uri, BodyKind body = BodyKind::None,
                       wire::HeaderList headers = {})
{
    wire::RequestHead head;
    head.method = method;
    head.uri = uri;
    head.headers = std::move(headers);
    head.body = body;
    head.requestId = "req_1";
    return head;
}

wire::HeaderList length(std::size_t bytes)
{
    return {{"Content-Length", std::to_string(bytes)}};
}

// One stream against one origin.
struct Bench {
    explicit Bench(RawOrigin::Handler handler, const QString &targetHost = QStringLiteral("127.0.0.1"))
        : origin(std::move(handler)), host(loopbackTarget(origin.port(), targetHost))
    {}
    LocalRequest &begin(wire::RequestHead requestHead, std::uint32_t stream = kStream)
    {
        const bool ends = requestHead.body == BodyKind::None && requestHead.upgrade.empty();
        requests.push_back(std::make_unique<LocalRequest>(stream, std::move(requestHead), host));
        auto &request = *requests.back();
        request.start();
        if (ends)
            request.onEnd({});
        return request;
    }
    support::SentStream &sent(std::uint32_t stream = kStream) { return host.sent(stream); }
    QByteArray body(std::uint32_t stream = kStream) { return QByteArray::fromStdString(sent(stream).body); }

    RawOrigin origin;
    FakeStreamHost host;
    std::vector<std::unique_ptr<LocalRequest>> requests;
};

const QByteArray kHello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

} // namespace

class LocalRequestTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void gets()
    {
        Bench bench([](auto &client) { client.send(kHello); });
        bench.begin(head("GET", "/a?b=c", BodyKind::None, {{"Host", "shop.example"}, {"Accept", "*/*"}}));
        QTRY_VERIFY(bench.sent().ended);
        QCOMPARE(bench.origin.received(), "GET /a?b=c HTTP/1.1\r\nHost: local.test\r\nAccept: */*\r\n\r\n");
        QCOMPARE(bench.sent().heads.size(), std::size_t{1});
        QCOMPARE(bench.sent().heads[0].status, 200U);
        QCOMPARE(bench.sent().heads[0].body, BodyKind::Sized);
        QCOMPARE(bench.body(), "hello");
        QVERIFY(bench.host.finished(kStream));
        QCOMPARE(bench.host.idleConnections(), std::size_t{1});
    }

    void keepsResponseFieldsInOrder()
    {
        Bench bench(RawOrigin::always("HTTP/1.1 200 OK\r\nSet-Cookie: b=1\r\nX-A: 1\r\nSet-Cookie: a=2\r\n"
                                      "Connection: keep-alive, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\n"
                                      "Set-Cookie: b=3\r\nContent-Length: 0\r\n\r\n"));
        bench.begin(head("GET", "/"));
        QTRY_VERIFY(bench.sent().ended);
        const wire::HeaderList expected{{"Set-Cookie", "b=1"}, {"X-A", "1"},          {"Set-Cookie", "a=2"},
                                        {"Set-Cookie", "b=3"}, {"Content-Length", "0"}};
        QCOMPARE(bench.sent().heads[0].headers, expected);
    }

    void postsASizedBody()
    {
        Bench bench([](auto &client) {
            if (client.received.endsWith("hello world"))
                client.send(kHello);
        });
        auto &request = bench.begin(head("POST", "/", BodyKind::Sized, length(11)));
        QVERIFY(request.onData("hello ").has_value());
        QVERIFY(request.onData("world").has_value());
        request.onEnd({});
        QTRY_VERIFY(bench.sent().ended);
        QVERIFY(bench.origin.received().endsWith("Content-Length: 11\r\nHost: local.test\r\n\r\nhello world"));
    }

    void postsABodyOfUnknownLength()
    {
        Bench bench([](auto &client) {
            if (client.received.endsWith("\r\n0\r\nX-Sum: 9\r\n\r\n"))
                client.send(kHello);
        });
        auto &request = bench.begin(head("POST", "/", BodyKind::Unknown));
        QVERIFY(request.onData("hello ").has_value());
        QVERIFY(request.onData("world").has_value());
        request.onEnd({{"X-Sum", "9"}});
        QTRY_VERIFY(bench.sent().ended);
        QVERIFY(bench.origin.received().contains("Transfer-Encoding: chunked\r\n"));
        QVERIFY(bench.origin.received().contains("\r\n\r\n6\r\nhello \r\n5\r\nworld\r\n0\r\n"));
    }

    void passesInterimHeadsAndExpectations()
    {
        Bench bench([](auto &client) {
            if (client.received.endsWith("\r\n\r\n"))
                client.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n");
            else if (client.received.endsWith("body"))
                client.send(kHello);
        });
        auto &request = bench.begin(
            head("POST", "/", BodyKind::Sized, {{"Expect", "100-continue"}, {"Content-Length", "4"}}));
        QTRY_COMPARE(bench.sent().heads.size(), std::size_t{2});
        QVERIFY(bench.origin.received().contains("Expect: 100-continue\r\n"));
        QCOMPARE(bench.sent().heads[0].status, 100U);
        QCOMPARE(bench.sent().heads[1].status, 103U);
        QCOMPARE(bench.sent().heads[1].headers, (wire::HeaderList{{"Link", "</a.css>"}}));
        QVERIFY(request.onData("body").has_value());
        request.onEnd({});
        QTRY_VERIFY(bench.sent().ended);
        QCOMPARE(bench.sent().heads[2].status, 200U);
    }

    void answersHeadWithoutABody()
    {
        Bench bench(RawOrigin::always("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"));
        bench.begin(head("HEAD", "/"));
        QTRY_VERIFY(bench.sent().ended);
        QCOMPARE(bench.sent().heads[0].body, BodyKind::None);
        QCOMPARE(bench.sent().heads[0].headers, length(1000));
        QCOMPARE(bench.host.idleConnections(), std::size_t{1});
    }

    void passesTrailersOfChunkedResponses()
    {
        Bench bench(RawOrigin::always("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                                      "5\r\nhello\r\n6\r\n world\r\n0\r\nX-Sum: 11\r\n\r\n"));
        bench.begin(head("GET", "/"));
        QTRY_VERIFY(bench.sent().ended);
        QCOMPARE(bench.body(), "hello world");
        QCOMPARE(bench.sent().trailers, (wire::HeaderList{{"X-Sum", "11"}}));
        QCOMPARE(bench.sent().heads[0].body, BodyKind::Unknown);
        QVERIFY(!wire::findHeader(bench.sent().heads[0].headers, "transfer-encoding"));
    }

    void readsUntilCloseWhenNothingElseIsSaid()
    {
        Bench bench([](auto &client) {
            client.send("HTTP/1.0 200 OK\r\n\r\nsome ");
            client.send("text");
            client.socket->disconnectFromHost();
        });
        bench.begin(head("GET", "/"));
        QTRY_VERIFY(bench.sent().ended);
        QCOMPARE(bench.body(), "some text");
        QCOMPARE(bench.host.idleConnections(), std::size_t{0});
    }

    void flushesEveryPieceAsItComes()
    {
        Bench bench([](auto &client) {
            client.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
        });
        bench.begin(head("GET", "/"));
        QTRY_COMPARE(bench.body(), "data: 1\n\n");
        bench.origin.client(0).send("data: 2\n\n");
        QTRY_COMPARE(bench.body(), "data: 1\n\ndata: 2\n\n");
        QVERIFY(!bench.sent().ended);
    }

    void switchesProtocolsAndHalfCloses()
    {
        Bench bench([](auto &client) {
            if (client.received.startsWith("GET")) {
                client.received.clear();
                client.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nhi ");
            } else {
                client.send(std::exchange(client.received, {}));
            }
        });
        auto upgrade = head("GET", "/ws");
        upgrade.upgrade = "echo";
        auto &request = bench.begin(upgrade);
        QTRY_COMPARE(bench.body(), "hi ");
        QCOMPARE(bench.sent().heads[0].status, 101U);
        QCOMPARE(bench.sent().heads[0].upgrade, std::string("echo"));
        QVERIFY(request.onData("one ").has_value());
        QVERIFY(request.onData("two").has_value());
        QTRY_COMPARE(bench.body(), "hi one two");
        request.onEnd({});
        QTRY_VERIFY(bench.origin.client(0).ended);
        QTRY_VERIFY(bench.sent().ended);
        QVERIFY(bench.host.finished(kStream));
    }

    void refusesAnUnaskedUpgrade()
    {
        Bench bench(RawOrigin::always("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"));
        bench.begin(head("GET", "/"));
        QTRY_VERIFY(bench.sent().reset);
        QCOMPARE(bench.sent().reset->code, Code::InternalError);
        QVERIFY(bench.sent().heads.empty());
    }

    void stopsReadingWithoutCredit()
    {
        const std::string body(1024 * 1024, 'x');
        Bench bench([&](auto &client) {
            client.send("HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n");
            client.send(QByteArray::fromStdString(body));
        });
        auto &request = bench.begin(head("GET", "/"));
        QTRY_COMPARE(bench.sent().body.size(), std::size_t{wire::kInitialWindowBytes});
        // What the window does not cover stays in the origin and in two bounded buffers.
        QVERIFY(!QTest::qWaitFor([&] { return bench.sent().body.size() != wire::kInitialWindowBytes; }, 100));
        QVERIFY(request.onWindow(1).has_value());
        QTRY_COMPARE(bench.sent().body.size(), std::size_t{wire::kInitialWindowBytes} + 1);
        QVERIFY(!bench.sent().ended);
        QVERIFY(request.onWindow(1024 * 1024).has_value());
        QTRY_VERIFY(bench.sent().ended);
        QVERIFY(bench.sent().body == body);
    }

    void deliversWhatCameBeforeTheCloseWhenCreditComesLater()
    {
        const std::string body(500 * 1024, 'y');
        Bench bench([&](auto &client) {
            client.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            client.send(QByteArray::fromStdString(body));
            client.socket->disconnectFromHost();
        });
        auto &request = bench.begin(head("GET", "/"));
        QTRY_COMPARE(bench.sent().body.size(), std::size_t{wire::kInitialWindowBytes});
        QTRY_VERIFY(bench.origin.client(0).socket->bytesToWrite() == 0);
        QVERIFY(request.onWindow(1024 * 1024).has_value());
        QTRY_VERIFY(bench.sent().ended);
        QVERIFY(bench.sent().body == body);
    }

    void pausesWhileTheLinkIsCongested()
    {
        Bench bench(RawOrigin::always(kHello));
        bench.host.isCongested = true;
        auto &request = bench.begin(head("GET", "/"));
        QTRY_VERIFY(bench.origin.connectionCount() == 1);
        QTRY_VERIFY(bench.origin.received().isEmpty()); // answered
        QCoreApplication::processEvents();
        QVERIFY(bench.sent().heads.empty());
        bench.host.isCongested = false;
        QTRY_VERIFY((request.resume(), bench.sent().ended));
    }

    void grantsCreditOnlyAsTheServiceReads()
    {
        Bench bench({});
        QObject::disconnect(&bench.origin, nullptr, &bench.origin, nullptr); // accepts, reads nothing
        auto &request = bench.begin(head("POST", "/", BodyKind::Unknown));
        const std::string piece(wire::kMaxDataBytes, 'z');
        QTRY_VERIFY(bench.origin.hasPendingConnections());
        auto *socket = bench.origin.nextPendingConnection();
        socket->setReadBufferSize(1);
        std::size_t sent = 0;
        // The kernel takes some megabytes; then no credit comes any more.
        bool creditCame = true;
        while (sent < 64 * wire::kMiB && creditCame) {
            QVERIFY(request.onData(piece).has_value());
            sent += piece.size();
            creditCame = QTest::qWaitFor(
                [&] { return wire::kInitialWindowBytes + bench.sent().credit - sent >= piece.size(); }, 200);
        }
        QVERIFY2(sent < 64 * wire::kMiB, "an unread body was taken without an end");
        // Over the window is the relay's breach.
        auto more = request.onData(piece);
        for (int i = 0; more && i < 5; ++i)
            more = request.onData(piece);
        QVERIFY(!more.has_value());
        QCOMPARE(more.error().code, Code::ProtocolError);
    }

    void uploadsFlowAsTheServiceReads()
    {
        std::size_t received = 0;
        Bench bench([&](auto &client) {
            received += std::size_t(client.received.size());
            client.received.clear();
        });
        auto &request = bench.begin(head("POST", "/", BodyKind::Sized, length(8 * wire::kMiB)));
        const std::string piece(wire::kMaxDataBytes, 'z');
        for (std::size_t sent = 0; sent < 8 * wire::kMiB; sent += piece.size()) {
            QTRY_VERIFY(wire::kInitialWindowBytes + bench.sent().credit >= sent + piece.size());
            QVERIFY(request.onData(piece).has_value());
        }
        request.onEnd({});
        QTRY_VERIFY(received >= 8 * wire::kMiB);
        bench.origin.client(0).send(kHello);
        QTRY_VERIFY(bench.sent().ended);
    }

    void triesAgainWhenAPooledConnectionWasStale()
    {
        int requests = 0;
        Bench bench([&](auto &client) {
            if (++requests == 2)
                return client.socket->abort(); // closed just as the second request came
            client.send(kHello);
        });
        bench.begin(head("GET", "/first"), 1);
        QTRY_VERIFY(bench.sent(1).ended);
        bench.begin(head("GET", "/second"), 2);
        QTRY_VERIFY(bench.sent(2).ended);
        QCOMPARE(bench.origin.connectionCount(), 2);
        QVERIFY(bench.origin.received(1).startsWith("GET /second HTTP/1.1\r\n"));
        QCOMPARE(requests, 3);
    }

    void replaysAShortBodyOnAStaleConnection()
    {
        int requests = 0;
        Bench bench([&](auto &client) {
            if (++requests == 2)
                return client.socket->abort();
            if (!client.received.startsWith("PUT") || client.received.endsWith("hello world"))
                client.send(kHello);
        });
        bench.begin(head("GET", "/first"), 1);
        QTRY_VERIFY(bench.sent(1).ended);
        auto &request = bench.begin(head("PUT", "/x", BodyKind::Sized, length(11)), 2);
        QVERIFY(request.onData("hello ").has_value());
        QTRY_COMPARE(bench.origin.connectionCount(), 2);
        QVERIFY(request.onData("world").has_value());
        request.onEnd({});
        QTRY_VERIFY(bench.sent(2).ended);
        QVERIFY(bench.origin.received(1).endsWith("\r\n\r\nhello world"));
    }

    void doesNotRepeatAPost()
    {
        int requests = 0;
        Bench bench([&](auto &client) {
            if (++requests == 2)
                return client.socket->abort();
            client.send(kHello);
        });
        bench.begin(head("GET", "/first"), 1);
        QTRY_VERIFY(bench.sent(1).ended);
        auto &request = bench.begin(head("POST", "/x", BodyKind::Sized, length(0)), 2);
        request.onEnd({});
        QTRY_VERIFY(bench.sent(2).reset);
        QCOMPARE(bench.sent(2).reset->code, Code::InternalError);
        QCOMPARE(bench.origin.connectionCount(), 1);
    }

    void aServiceThatAlwaysClosesIsAnErrorAndNotALoop()
    {
        Bench bench([](auto &client) { client.socket->abort(); });
        bench.begin(head("GET", "/"));
        QTRY_VERIFY(bench.sent().reset);
        QCOMPARE(bench.sent().reset->code, Code::InternalError);
        QCOMPARE(bench.origin.connectionCount(), 1);
    }

    void nothingListensIsSaidAtOnce()
    {
        Bench bench({});
        const QString address = QString::number(bench.origin.port());
        bench.origin.close();
        bench.begin(head("GET", "/"));
        QTRY_VERIFY(bench.sent().reset);
        QCOMPARE(bench.sent().reset->code, Code::LocalServiceUnavailable);
        QVERIFY(bench.sent().reset->message.find("127.0.0.1:" + address.toStdString()) != std::string::npos);
        QVERIFY(bench.host.finished(kStream));
    }

    void refusesAHostileTarget()
    {
        Bench bench(RawOrigin::always(kHello));
        bench.begin(head("GET", "http://169.254.169.254/latest/meta-data"));
        QVERIFY(bench.sent().reset);
        QCOMPARE(bench.sent().reset->code, Code::InvalidRequest);
        QVERIFY(bench.host.finished(kStream));
        QCOMPARE(bench.origin.connectionCount(), 0);
    }

    void refusesABodyLongerThanAnnounced()
    {
        Bench bench([](auto &) {});
        auto &request = bench.begin(head("POST", "/", BodyKind::Sized, length(2)));
        QTRY_COMPARE(bench.origin.connectionCount(), 1);
        QVERIFY(request.onData("abGET /smuggled HTTP/1.1\r\n\r\n").has_value());
        QCOMPARE(bench.sent().reset->code, Code::InvalidRequest);
        QTRY_VERIFY(bench.origin.client(0).ended);
        QVERIFY(!bench.origin.received().contains("smuggled"));
    }

    void malformedResponsesAreErrors_data()
    {
        QTest::addColumn<QByteArray>("response");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, const QByteArray &response, Code code = Code::InternalError) {
            QTest::newRow(name) << response << int(code);
        };
        row("not HTTP", "SSH-2.0-OpenSSH_9.2\r\n");
        row("bad status", "HTTP/1.1 abc OK\r\n\r\n");
        row("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na");
        row("bad chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nmore");
        row("huge head", "HTTP/1.1 200 OK\r\nX: " + QByteArray(1024 * 1024, 'x') + "\r\n\r\n", Code::HeadersTooLarge);
    }
    void malformedResponsesAreErrors()
    {
        QFETCH(QByteArray, response);
        QFETCH(int, code);
        Bench bench([&](auto &client) { client.send(response); });
        bench.begin(head("GET", "/"));
        QTRY_VERIFY(bench.sent().reset);
        QCOMPARE(bench.sent().reset->code, Code(code));
        QVERIFY(!bench.sent().reset->message.empty());
        QTRY_VERIFY(bench.origin.client(0).ended);
    }

    void aTruncatedResponseIsAnError()
    {
        Bench bench([](auto &client) {
            client.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
            client.socket->disconnectFromHost();
        });
        bench.begin(head("GET", "/"));
        QTRY_VERIFY(bench.sent().reset);
        QCOMPARE(bench.body(), "hello");
        QVERIFY(!bench.sent().ended);
    }

    void anEarlyAnswerEndsTheUpload()
    {
        Bench bench([](auto &client) { client.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nno!"); });
        auto &request = bench.begin(head("POST", "/", BodyKind::Sized, length(1000)));
        QVERIFY(request.onData("a").has_value());
        QTRY_VERIFY(bench.sent().ended);
        QCOMPARE(bench.sent().heads[0].status, 413U);
        QCOMPARE(bench.body(), "no!");
        QCOMPARE(bench.sent().reset->code, Code::Cancelled);
        QVERIFY(bench.host.finished(kStream));
        QCOMPARE(bench.host.idleConnections(), std::size_t{0});
        QTRY_VERIFY(bench.origin.client(0).ended);
    }

    void aVisitorThatLeavesEndsTheLocalConnection()
    {
        Bench bench([](auto &) {});
        auto &request = bench.begin(head("GET", "/slow"));
        QTRY_VERIFY(!bench.origin.received().isEmpty());
        request.onReset({Code::Cancelled, "gone"});
        QTRY_VERIFY(bench.origin.client(0).ended);
        QVERIFY(!bench.sent().reset);
        QVERIFY(bench.host.finished(kStream));
    }

    void reusesAConnection()
    {
        Bench bench(RawOrigin::always(kHello));
        for (std::uint32_t stream = 1; stream <= 5; ++stream) {
            bench.begin(head(stream % 2 == 0 ? "POST" : "GET", "/"), stream);
            QTRY_VERIFY(bench.sent(stream).ended);
        }
        QCOMPARE(bench.origin.connectionCount(), 1);
    }

    void reportsTheExchange()
    {
        Bench bench([](auto &client) {
            if (client.received.endsWith("abc"))
                client.send(kHello);
        });
        QSignalSpy batches(&bench.host.exchanges, &ExchangeLog::batch);
        auto &request = bench.begin(head("PUT", "/item?x=1", BodyKind::Sized, length(3)));
        QTRY_COMPARE(batches.size(), 1);
        const auto pending = batches[0][0].value<ExchangeBatch>();
        QCOMPARE(pending.size(), 1);
        QCOMPARE(pending[0].state, ExchangeState::Pending);
        QCOMPARE(pending[0].target, QStringLiteral("/item?x=1"));
        QVERIFY(request.onData("abc").has_value());
        request.onEnd({});
        QTRY_COMPARE(batches.last()[0].value<ExchangeBatch>().last().state, ExchangeState::Done);
        const auto done = batches.last()[0].value<ExchangeBatch>().last();
        QCOMPARE(done.key, pending[0].key);
        QCOMPARE(done.status, 200U);
        QCOMPARE(done.requestBytes, 3ULL);
        QCOMPARE(done.responseBytes, 5ULL);
        QVERIFY(done.firstByteUs > 0 && done.firstByteUs <= done.durationUs);
    }
};

QTEST_GUILESS_MAIN(LocalRequestTest)
#include "local_request_test.moc"
