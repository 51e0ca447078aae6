#include "client/local_request.h"
#include "support/request_bench.h"

#include <QSignalSpy>
#include <QTest>

using namespace client;
using namespace support;
using wire::BodyKind;
using wire::Code;

class LocalRequestTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void gets()
    {
        RequestBench bench([](auto &client) { client.send(kHello); });
        bench.begin(requestHead("GET", "/a?b=c", BodyKind::None, {{"Host", "shop.example"}, {"Accept", "*/*"}}));
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
        RequestBench bench(RawOrigin::always("HTTP/1.1 200 OK\r\nSet-Cookie: b=1\r\nX-A: 1\r\nSet-Cookie: a=2\r\n"
                                             "Connection: keep-alive, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\n"
                                             "Set-Cookie: b=3\r\nContent-Length: 0\r\n\r\n"));
        bench.begin(requestHead("GET", "/"));
        QTRY_VERIFY(bench.sent().ended);
        const wire::HeaderList expected{
            {"Set-Cookie", "b=1"}, {"X-A", "1"}, {"Set-Cookie", "a=2"}, {"Set-Cookie", "b=3"}, {"Content-Length", "0"}};
        QCOMPARE(bench.sent().heads[0].headers, expected);
    }

    void passesInterimHeadsAndExpectations()
    {
        RequestBench bench([](auto &client) {
            if (client.received.endsWith("\r\n\r\n"))
                client.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n");
            else if (client.received.endsWith("body"))
                client.send(kHello);
        });
        auto &request = bench.begin(
            requestHead("POST", "/", BodyKind::Sized, {{"Expect", "100-continue"}, {"Content-Length", "4"}}));
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
        RequestBench bench(RawOrigin::always("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"));
        bench.begin(requestHead("HEAD", "/"));
        QTRY_VERIFY(bench.sent().ended);
        QCOMPARE(bench.sent().heads[0].body, BodyKind::None);
        QCOMPARE(bench.sent().heads[0].headers, contentLength(1000));
        QCOMPARE(bench.host.idleConnections(), std::size_t{1});
    }

    void passesTrailersOfChunkedResponses()
    {
        RequestBench bench(RawOrigin::always("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                                             "5\r\nhello\r\n6\r\n world\r\n0\r\nX-Sum: 11\r\n\r\n"));
        bench.begin(requestHead("GET", "/"));
        QTRY_VERIFY(bench.sent().ended);
        QCOMPARE(bench.body(), "hello world");
        QCOMPARE(bench.sent().trailers, (wire::HeaderList{{"X-Sum", "11"}}));
        QCOMPARE(bench.sent().heads[0].body, BodyKind::Unknown);
        QVERIFY(!wire::findHeader(bench.sent().heads[0].headers, "transfer-encoding"));
    }

    void readsUntilCloseWhenNothingElseIsSaid()
    {
        RequestBench bench([](auto &client) {
            client.send("HTTP/1.0 200 OK\r\n\r\nsome ");
            client.send("text");
            client.socket->disconnectFromHost();
        });
        bench.begin(requestHead("GET", "/"));
        QTRY_VERIFY(bench.sent().ended);
        QCOMPARE(bench.body(), "some text");
        QCOMPARE(bench.host.idleConnections(), std::size_t{0});
    }

    void flushesEveryPieceAsItComes()
    {
        RequestBench bench(
            [](auto &client) { client.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n"); });
        bench.begin(requestHead("GET", "/"));
        QTRY_COMPARE(bench.body(), "data: 1\n\n");
        bench.origin.client(0).send("data: 2\n\n");
        QTRY_COMPARE(bench.body(), "data: 1\n\ndata: 2\n\n");
        QVERIFY(!bench.sent().ended);
    }

    void switchesProtocolsAndHalfCloses()
    {
        RequestBench bench([](auto &client) {
            if (client.received.startsWith("GET")) {
                client.received.clear();
                client.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nhi ");
            } else {
                client.send(std::exchange(client.received, {}));
            }
        });
        auto upgrade = requestHead("GET", "/ws");
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
        RequestBench bench(
            RawOrigin::always("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"));
        bench.begin(requestHead("GET", "/"));
        QTRY_VERIFY(bench.sent().reset);
        QCOMPARE(bench.sent().reset->code, Code::InternalError);
        QVERIFY(bench.sent().heads.empty());
    }

    void stopsReadingWithoutCredit()
    {
        const std::string body(1024 * 1024, 'x');
        RequestBench bench([&](auto &client) {
            client.send("HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n");
            client.send(QByteArray::fromStdString(body));
        });
        auto &request = bench.begin(requestHead("GET", "/"));
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
        RequestBench bench([&](auto &client) {
            client.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            client.send(QByteArray::fromStdString(body));
            client.socket->disconnectFromHost();
        });
        auto &request = bench.begin(requestHead("GET", "/"));
        QTRY_COMPARE(bench.sent().body.size(), std::size_t{wire::kInitialWindowBytes});
        QTRY_VERIFY(bench.origin.client(0).socket->bytesToWrite() == 0);
        QVERIFY(request.onWindow(1024 * 1024).has_value());
        QTRY_VERIFY(bench.sent().ended);
        QVERIFY(bench.sent().body == body);
    }

    void pausesWhileTheLinkIsCongested()
    {
        RequestBench bench(RawOrigin::always(kHello));
        bench.host.isCongested = true;
        auto &request = bench.begin(requestHead("GET", "/"));
        QTRY_VERIFY(bench.origin.connectionCount() == 1);
        QTRY_VERIFY(bench.origin.received().isEmpty()); // answered
        QCoreApplication::processEvents();
        QVERIFY(bench.sent().heads.empty());
        bench.host.isCongested = false;
        QTRY_VERIFY((request.resume(), bench.sent().ended));
    }

    void nothingListensIsSaidAtOnce()
    {
        RequestBench bench({});
        const auto address = "127.0.0.1:" + std::to_string(bench.origin.port());
        bench.origin.close();
        QSignalSpy batches(&bench.host.exchanges, &ExchangeLog::batch);
        bench.begin(requestHead("GET", "/"));
        QTRY_VERIFY(bench.sent().reset);
        QCOMPARE(bench.sent().reset->code, Code::LocalServiceUnavailable);
        QVERIFY(bench.host.finished(kStream));
        QTRY_VERIFY(!batches.isEmpty());
        const auto row = batches.last()[0].value<ExchangeBatch>().last();
        QCOMPARE(row.state, ExchangeState::Aborted);
        QCOMPARE(row.error.message, "Nothing listens on " + address + ".");
        // The user learns the address, the server does not.
        QVERIFY(bench.sent().reset->message.find(address) == std::string::npos);
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
        RequestBench bench([&](auto &client) { client.send(response); });
        bench.begin(requestHead("GET", "/"));
        QTRY_VERIFY(bench.sent().reset);
        QCOMPARE(bench.sent().reset->code, Code(code));
        QVERIFY(!bench.sent().reset->message.empty());
        QTRY_VERIFY(bench.origin.client(0).ended);
    }

    void aTruncatedResponseIsAnError()
    {
        RequestBench bench([](auto &client) {
            client.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
            client.socket->disconnectFromHost();
        });
        bench.begin(requestHead("GET", "/"));
        QTRY_VERIFY(bench.sent().reset);
        QCOMPARE(bench.body(), "hello");
        QVERIFY(!bench.sent().ended);
    }

    void aVisitorThatLeavesEndsTheLocalConnection()
    {
        RequestBench bench([](auto &) {});
        auto &request = bench.begin(requestHead("GET", "/slow"));
        QTRY_VERIFY(!bench.origin.received().isEmpty());
        request.onReset({Code::Cancelled, "gone"});
        QTRY_VERIFY(bench.origin.client(0).ended);
        QVERIFY(!bench.sent().reset);
        QVERIFY(bench.host.finished(kStream));
    }

    void recordsBothMessages()
    {
        const QByteArray zipped("\x1f\x8b\x08 as the service encoded it");
        RequestBench bench(
            [&](auto &client) {
                if (client.received.endsWith("0\r\n\r\n"))
                    client.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nKeep-Alive: timeout=5\r\n"
                                "Transfer-Encoding: chunked\r\n\r\n" +
                                QByteArray::number(zipped.size(), 16) + "\r\n" + zipped + "\r\n0\r\n\r\n");
            },
            1000);
        Recorded recorded(bench);
        const auto head = requestHead("POST", "/a", BodyKind::Unknown, {{"Host", "shop.example"}, {"X-A", "1"}});
        auto &request = bench.begin(head);
        QVERIFY(request.onData("one ").has_value());
        std::ignore = recorded.all(); // what is recorded later is told later
        QVERIFY(request.onData("two").has_value());
        request.onEnd({});
        QTRY_VERIFY(bench.sent().ended);
        QCOMPARE(*recorded.all().request, head); // as it came from the visitor
        QCOMPARE(recorded.all().requestBody, QByteArray("one two"));
        QCOMPARE(recorded.all().response->status, 200U);
        QCOMPARE(recorded.all().response->headers, (wire::HeaderList{{"Content-Encoding", "gzip"}}));
        QCOMPARE(recorded.all().responseBody, zipped);
        QVERIFY(!recorded.all().requestCut && !recorded.all().responseCut);
        QCOMPARE(recorded.requestHeads, 1);
        QCOMPARE(recorded.responseHeads, 1);
    }

    void recordsBodiesUpToTheBound()
    {
        const QByteArray body(300 * 1024, 'r');
        RequestBench bench(
            [&](auto &client) {
                if (client.received.endsWith("abc"))
                    client.send("HTTP/1.1 200 OK\r\nContent-Length: 307200\r\n\r\n" + body);
            },
            3);
        Recorded recorded(bench);
        auto &request = bench.begin(requestHead("PUT", "/", BodyKind::Sized, contentLength(3)));
        QVERIFY(request.onData("abc").has_value());
        request.onEnd({});
        QVERIFY(request.onWindow(1024 * 1024).has_value());
        QTRY_VERIFY(bench.sent().ended);
        QCOMPARE(bench.sent().body.size(), std::size_t(body.size()));
        QCOMPARE(recorded.all().requestBody, QByteArray("abc")); // just fits
        QVERIFY(!recorded.all().requestCut);
        QCOMPARE(recorded.all().responseBody, QByteArray("rrr"));
        QVERIFY(recorded.all().responseCut);
    }

    void recordsTheAnswerToHead()
    {
        RequestBench bench(RawOrigin::always("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"), 100);
        Recorded recorded(bench);
        bench.begin(requestHead("HEAD", "/"));
        QTRY_VERIFY(bench.sent().ended);
        QCOMPARE(recorded.all().response->headers, contentLength(1000));
        QVERIFY(recorded.all().responseBody.isEmpty());
        QVERIFY(!recorded.all().responseCut);
    }

    void rawBytesAfterAnUpgradeAreNotRecorded()
    {
        RequestBench bench(
            [](auto &client) {
                if (client.received.contains("\r\n\r\n"))
                    client.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\nhi");
                client.received.clear();
            },
            100);
        Recorded recorded(bench);
        auto upgrade = requestHead("GET", "/ws");
        upgrade.upgrade = "echo";
        auto &request = bench.begin(upgrade);
        QTRY_COMPARE(bench.body(), "hi");
        QVERIFY(request.onData("raw").has_value());
        QCOMPARE(recorded.all().response->status, 101U);
        QVERIFY(recorded.all().requestBody.isEmpty());
        QVERIFY(recorded.all().responseBody.isEmpty());
    }

    void reportsTheExchange()
    {
        RequestBench bench([](auto &client) {
            if (client.received.endsWith("abc"))
                client.send(kHello);
        });
        QSignalSpy batches(&bench.host.exchanges, &ExchangeLog::batch);
        auto &request = bench.begin(requestHead("PUT", "/item?x=1", BodyKind::Sized, contentLength(3)));
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
