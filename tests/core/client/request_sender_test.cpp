#include "client/request_sender.h"
#include "support/request_bench.h"

#include <QTest>

using namespace client;
using namespace support;
using wire::BodyKind;
using wire::Code;

class RequestSenderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void postsASizedBody()
    {
        RequestBench bench([](auto &client) {
            if (client.received.endsWith("hello world"))
                client.send(kHello);
        });
        auto &request = bench.begin(requestHead("POST", "/", BodyKind::Sized, contentLength(11)));
        QVERIFY(request.onData("hello ").has_value());
        QVERIFY(request.onData("world").has_value());
        request.onEnd({});
        QTRY_VERIFY(bench.sent().ended);
        QVERIFY(bench.origin.received().endsWith("Content-Length: 11\r\nHost: local.test\r\n\r\nhello world"));
    }

    void postsABodyOfUnknownLength()
    {
        RequestBench bench([](auto &client) {
            if (client.received.endsWith("\r\n0\r\nX-Sum: 9\r\n\r\n"))
                client.send(kHello);
        });
        auto &request = bench.begin(requestHead("POST", "/", BodyKind::Unknown));
        QVERIFY(request.onData("hello ").has_value());
        QVERIFY(request.onData("world").has_value());
        request.onEnd({{"X-Sum", "9"}});
        QTRY_VERIFY(bench.sent().ended);
        QVERIFY(bench.origin.received().contains("Transfer-Encoding: chunked\r\n"));
        QVERIFY(bench.origin.received().contains("\r\n\r\n6\r\nhello \r\n5\r\nworld\r\n0\r\n"));
    }

    void grantsCreditOnlyAsTheServiceReads()
    {
        RequestBench bench({});
        QObject::disconnect(&bench.origin, nullptr, &bench.origin, nullptr); // accepts, reads nothing
        auto &request = bench.begin(requestHead("POST", "/", BodyKind::Unknown));
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
        RequestBench bench([&](auto &client) {
            received += std::size_t(client.received.size());
            client.received.clear();
        });
        auto &request = bench.begin(requestHead("POST", "/", BodyKind::Sized, contentLength(8 * wire::kMiB)));
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
        RequestBench bench([&](auto &client) {
            if (++requests == 2)
                return client.socket->abort(); // closed just as the second request came
            client.send(kHello);
        });
        bench.begin(requestHead("GET", "/first"), 1);
        QTRY_VERIFY(bench.sent(1).ended);
        bench.begin(requestHead("GET", "/second"), 2);
        QTRY_VERIFY(bench.sent(2).ended);
        QCOMPARE(bench.origin.connectionCount(), 2);
        QVERIFY(bench.origin.received(1).startsWith("GET /second HTTP/1.1\r\n"));
        QCOMPARE(requests, 3);
    }

    void replaysAShortBodyOnAStaleConnection()
    {
        int requests = 0;
        RequestBench bench([&](auto &client) {
            if (++requests == 2)
                return client.socket->abort();
            if (!client.received.startsWith("PUT") || client.received.endsWith("hello world"))
                client.send(kHello);
        });
        bench.begin(requestHead("GET", "/first"), 1);
        QTRY_VERIFY(bench.sent(1).ended);
        auto &request = bench.begin(requestHead("PUT", "/x", BodyKind::Sized, contentLength(11)), 2);
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
        RequestBench bench([&](auto &client) {
            if (++requests == 2)
                return client.socket->abort();
            client.send(kHello);
        });
        bench.begin(requestHead("GET", "/first"), 1);
        QTRY_VERIFY(bench.sent(1).ended);
        auto &request = bench.begin(requestHead("POST", "/x", BodyKind::Sized, contentLength(0)), 2);
        request.onEnd({});
        QTRY_VERIFY(bench.sent(2).reset);
        QCOMPARE(bench.sent(2).reset->code, Code::InternalError);
        QCOMPARE(bench.origin.connectionCount(), 1);
    }

    void aServiceThatAlwaysClosesIsAnErrorAndNotALoop()
    {
        RequestBench bench([](auto &client) { client.socket->abort(); });
        bench.begin(requestHead("GET", "/"));
        QTRY_VERIFY(bench.sent().reset);
        QCOMPARE(bench.sent().reset->code, Code::InternalError);
        QCOMPARE(bench.origin.connectionCount(), 1);
    }

    void aStaleConnectionToAServiceThatIsGoneIsAnErrorAndNotALoop()
    {
        int requests = 0;
        RequestBench bench({});
        bench.origin.setHandler([&](auto &client) {
            if (++requests == 1)
                return client.send(kHello);
            bench.origin.close();
            client.socket->abort();
        });
        bench.begin(requestHead("GET", "/first"), 1);
        QTRY_VERIFY(bench.sent(1).ended);
        bench.begin(requestHead("GET", "/second"), 2);
        QTRY_VERIFY(bench.sent(2).reset);
        QCOMPARE(bench.sent(2).reset->code, Code::LocalServiceUnavailable);
        QCOMPARE(requests, 2);
    }

    void refusesAHostileTarget()
    {
        RequestBench bench(RawOrigin::always(kHello));
        bench.begin(requestHead("GET", "http://169.254.169.254/latest/meta-data"));
        QVERIFY(bench.sent().reset);
        QCOMPARE(bench.sent().reset->code, Code::InvalidRequest);
        QVERIFY(bench.host.finished(kStream));
        QCOMPARE(bench.origin.connectionCount(), 0);
    }

    void refusesABodyLongerThanAnnounced()
    {
        RequestBench bench([](auto &) {});
        auto &request = bench.begin(requestHead("POST", "/", BodyKind::Sized, contentLength(2)));
        QTRY_COMPARE(bench.origin.connectionCount(), 1);
        QVERIFY(request.onData("abGET /smuggled HTTP/1.1\r\n\r\n").has_value());
        QCOMPARE(bench.sent().reset->code, Code::InvalidRequest);
        QTRY_VERIFY(bench.origin.client(0).ended);
        QVERIFY(!bench.origin.received().contains("smuggled"));
    }

    void anEarlyAnswerEndsTheUpload()
    {
        RequestBench bench([](auto &client) { client.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nno!"); });
        auto &request = bench.begin(requestHead("POST", "/", BodyKind::Sized, contentLength(1000)));
        QVERIFY(request.onData("a").has_value());
        QTRY_VERIFY(bench.sent().ended);
        QCOMPARE(bench.sent().heads[0].status, 413U);
        QCOMPARE(bench.body(), "no!");
        QCOMPARE(bench.sent().reset->code, Code::Cancelled);
        QVERIFY(bench.host.finished(kStream));
        QCOMPARE(bench.host.idleConnections(), std::size_t{0});
        QTRY_VERIFY(bench.origin.client(0).ended);
    }

    void reusesAConnection()
    {
        RequestBench bench(RawOrigin::always(kHello));
        for (std::uint32_t stream = 1; stream <= 5; ++stream) {
            bench.begin(requestHead(stream % 2 == 0 ? "POST" : "GET", "/"), stream);
            QTRY_VERIFY(bench.sent(stream).ended);
        }
        QCOMPARE(bench.origin.connectionCount(), 1);
    }
};

QTEST_GUILESS_MAIN(RequestSenderTest)
#include "request_sender_test.moc"
