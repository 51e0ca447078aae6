#include "client/replay_run.h"
#include "support/request_bench.h"

#include <QSignalSpy>
#include <QTest>

using namespace client;
using namespace support;
using wire::Code;

namespace {

constexpr qint64 kMiB = 1024 * 1024;
constexpr quint64 kOriginal = 3; // some earlier key

// One replay against one origin: what the log tells of it.
class Bench : public QObject {
public:
    explicit Bench(RawOrigin::Handler handler, std::chrono::milliseconds limit = wire::kReplayTimeout)
        : origin(std::move(handler)), log(2 * kMiB), timeout(limit)
    {
        request.tunnelId = QStringLiteral("t1");
        request.tunnelName = QStringLiteral("shop");
        request.target = loopbackTarget(origin.port());
        request.head.method = "GET";
        request.head.uri = "/a?b=c";
        request.replayOf = kOriginal;
        connect(&log, &ExchangeLog::batch, this, [this](const ExchangeBatch &batch) { row = batch.last(); });
        connect(&log, &ExchangeLog::captures, this, [this](const CaptureBatch &batch) {
            for (const auto &update : batch)
                add(update);
        });
    }
    void begin()
    {
        run = std::make_unique<ReplayRun>(drawExchangeKey(), request, ReplayServices{pool, log, m_scratch, timeout});
        connect(run.get(), &ReplayRun::finished, this, [this] { ++finished; });
        run->start();
    }
    // Whether it has ended, and how.
    bool ended(ExchangeState state)
    {
        const bool inTime = QTest::qWaitFor([this] { return finished > 0; }, 20'000);
        log.flush();
        return inTime && row.state == state;
    }

    RawOrigin origin;
    LocalPool pool;
    ExchangeLog log;
    std::chrono::milliseconds timeout;
    ReplayRequest request;
    std::unique_ptr<ReplayRun> run;
    int finished = 0;
    ExchangeSummary row;
    CaptureUpdate captured;

private:
    void add(const CaptureUpdate &update)
    {
        captured.request = update.request ? update.request : captured.request;
        captured.response = update.response ? update.response : captured.response;
        captured.requestBody += update.requestBody;
        captured.responseBody += update.responseBody;
    }
    std::array<char, wire::kMaxDataBytes> m_scratch;
};

// Sends back the body of a request with a Content-Length of so many bytes, once it is whole.
RawOrigin::Handler echo(qsizetype bytes)
{
    return [bytes](RawOrigin::Client &client) {
        const auto end = client.received.indexOf("\r\n\r\n");
        if (end < 0 || client.received.size() < end + 4 + bytes)
            return;
        const auto body = client.received.mid(end + 4, bytes);
        client.send("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(bytes) + "\r\n\r\n" + body);
    };
}

QByteArray pattern(qint64 bytes)
{
    QByteArray body(bytes, Qt::Uninitialized);
    for (qsizetype i = 0; i < body.size(); ++i)
        body[i] = char((i * 31 + i / 251) & 0xff);
    return body;
}

} // namespace

class ReplayRunTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sendsTheRequestAndRecordsTheAnswer()
    {
        Bench bench(RawOrigin::always("HTTP/1.1 201 Created\r\nX-A: 1\r\nContent-Length: 5\r\n\r\nhello"));
        QByteArray received;
        bench.origin.setHandler([&](auto &client) {
            received = client.received;
            RawOrigin::always("HTTP/1.1 201 Created\r\nX-A: 1\r\nContent-Length: 5\r\n\r\nhello")(client);
        });
        bench.request.head.headers = {{"Host", "shop.example"}, {"Accept", "*/*"}};
        bench.begin();
        QVERIFY(bench.ended(ExchangeState::Done));
        const QByteArray host = "127.0.0.1:" + QByteArray::number(bench.origin.port());
        QCOMPARE(received, "GET /a?b=c HTTP/1.1\r\nHost: " + host + "\r\nAccept: */*\r\n\r\n");
        QCOMPARE(bench.row.origin, ExchangeOrigin::Replay);
        QCOMPARE(bench.row.replayOf, kOriginal);
        QCOMPARE(bench.row.tunnelId, QStringLiteral("t1"));
        QCOMPARE(bench.row.tunnelName, QStringLiteral("shop"));
        QCOMPARE(bench.row.status, 201U);
        QCOMPARE(bench.row.responseBytes, quint64{5});
        QVERIFY(bench.row.requestId.startsWith(QStringLiteral("req_")));
        QCOMPARE(bench.captured.request->headers[0].value, std::string("shop.example")); // as the user wrote it
        QCOMPARE(bench.captured.response->headers, (wire::HeaderList{{"X-A", "1"}, {"Content-Length", "5"}}));
        QCOMPARE(bench.captured.responseBody, QByteArray("hello"));
        QCOMPARE(bench.finished, 1);
    }

    void largeBodiesPassBothWays()
    {
        const auto body = pattern(kMiB);
        Bench bench(echo(body.size()));
        bench.request.head.method = "POST";
        bench.request.body = body;
        bench.begin();
        QVERIFY(bench.ended(ExchangeState::Done));
        QCOMPARE(bench.row.requestBytes, quint64(body.size()));
        QCOMPARE(bench.row.responseBytes, quint64(body.size()));
        QVERIFY(bench.captured.requestBody == body);
        QVERIFY(bench.captured.responseBody == body);
    }

    void interimHeadsAreNotTheAnswer()
    {
        Bench bench([](auto &client) {
            if (client.received.endsWith("\r\n\r\nbody"))
                client.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        bench.request.head.method = "PUT";
        bench.request.head.headers = {{"Expect", "100-continue"}};
        bench.request.body = "body";
        bench.begin();
        QVERIFY(bench.ended(ExchangeState::Done));
        QCOMPARE(bench.row.status, 200U);
        QCOMPARE(bench.captured.response->status, 200U);
    }

    void anIdleConnectionIsUsedAgain()
    {
        Bench bench(RawOrigin::always("HTTP/1.1 204 No Content\r\n\r\n"));
        const auto kept = bench.pool.site(bench.request.target); // as a tunnel does
        bench.begin();
        QVERIFY(bench.ended(ExchangeState::Done));
        bench.finished = 0;
        bench.begin();
        QVERIFY(bench.ended(ExchangeState::Done));
        QCOMPARE(bench.origin.connectionCount(), 1);
    }

    void nothingListens()
    {
        Bench bench({});
        bench.origin.close();
        bench.begin();
        QVERIFY(bench.ended(ExchangeState::Aborted));
        QCOMPARE(bench.row.error.code, Code::LocalServiceUnavailable);
        QVERIFY(bench.row.error.message.starts_with("Nothing listens on 127.0.0.1:"));
        QVERIFY(bench.captured.request);
        QVERIFY(!bench.captured.response);
    }

    void canBeCancelled()
    {
        Bench bench([](auto &client) { client.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"); });
        bench.begin();
        QTRY_COMPARE(bench.row.responseBytes, quint64{4});
        bench.run->cancel();
        QVERIFY(bench.ended(ExchangeState::Aborted));
        QCOMPARE(bench.row.error.code, Code::Cancelled);
        QCOMPARE(bench.row.status, 200U);
        QTRY_VERIFY(bench.origin.client(0).ended);
        bench.run->cancel();
        QCOMPARE(bench.finished, 1);
    }

    void aServiceThatDoesNotAnswerIsGivenUp()
    {
        Bench bench([](auto &) {}, std::chrono::milliseconds{50});
        bench.begin();
        QVERIFY(bench.ended(ExchangeState::Aborted));
        QCOMPARE(bench.row.error, (wire::Error{Code::Timeout, "The local service sent no response within 0.05 s."}));
        QTRY_VERIFY(bench.origin.client(0).ended);
    }

    void onceTheHeadCameTheAnswerMayTakeItsTime()
    {
        constexpr std::chrono::milliseconds kShort{50};
        Bench bench([](auto &client) { client.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"); },
                    kShort);
        bench.begin();
        QTRY_COMPARE(bench.row.status, 200U);
        QVERIFY(!QTest::qWaitFor([&] { return bench.finished > 0; }, int(4 * kShort.count())));
        bench.origin.client(0).send("data: 1\n\n");
        QTRY_COMPARE(bench.captured.responseBody, QByteArray("data: 1\n\n"));
        bench.origin.client(0).socket->disconnectFromHost();
        QVERIFY(bench.ended(ExchangeState::Done));
    }

    void whatIsNoRequestIsNotSent()
    {
        Bench bench(RawOrigin::always("HTTP/1.1 204 No Content\r\n\r\n"));
        bench.request.head.headers = {{"Upgrade", "websocket"}};
        bench.begin();
        QVERIFY(bench.ended(ExchangeState::Aborted));
        QCOMPARE(bench.row.error.code, Code::InvalidRequest);
        QCOMPARE(bench.row.origin, ExchangeOrigin::Replay);
        QCOMPARE(bench.captured.request->headers, bench.request.head.headers);
        QCOMPARE(bench.origin.connectionCount(), 0);
        bench.run->cancel(); // has ended: nothing to do
        QCOMPARE(bench.finished, 1);
    }

    void targetsThatAreNoPathsAreNotSent()
    {
        Bench bench(RawOrigin::always("HTTP/1.1 204 No Content\r\n\r\n"));
        bench.request.head.uri = "@other.example/";
        bench.begin();
        QVERIFY(bench.ended(ExchangeState::Aborted));
        QCOMPARE(bench.row.error.code, Code::InvalidRequest);
        QCOMPARE(bench.origin.connectionCount(), 0);
    }

    void anEarlyAnswerEndsTheUpload()
    {
        Bench bench([answered = false](auto &client) mutable {
            if (!std::exchange(answered, true))
                client.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n");
            client.received.clear();
        });
        bench.request.head.method = "POST";
        bench.request.body = pattern(8 * kMiB);
        bench.begin();
        QVERIFY(bench.ended(ExchangeState::Done));
        QCOMPARE(bench.row.status, 413U);
        QTRY_VERIFY(bench.origin.client(0).ended);
    }
};

QTEST_GUILESS_MAIN(ReplayRunTest)
#include "replay_run_test.moc"
