#include "client/capture_recorder.h"
#include "client/local_connection.h"
#include "client/response_pump.h"
#include "support/fake_stream_host.h"
#include "support/raw_origin.h"
#include "wire/msgpack_codec.h"

#include <QTest>

using namespace client;
using State = ResponsePump::State;

namespace {

// A connection to an origin that sends what the test says.
class Source final : public LocalConnection::Listener {
public:
    Source() : connection(m_service)
    {
        m_service.target = support::loopbackTarget(m_origin.port());
        connection.open(*this);
        m_ready = QTest::qWaitFor([this] { return m_up && m_origin.connectionCount() == 1; });
    }
    [[nodiscard]] bool ready() const { return m_ready; }
    // Waits until all of it can be read.
    bool give(const QByteArray &bytes)
    {
        m_origin.client(0).send(bytes);
        m_given += bytes.size();
        return QTest::qWaitFor([this] { return arrived() == m_given; });
    }
    void end() { m_origin.client(0).socket->disconnectFromHost(); }

private:
    LocalService m_service;

public:
    LocalConnection connection;

private:
    qint64 arrived() { return m_origin.client(0).socket->bytesToWrite() == 0 && connection.hasBytes() ? m_given : 0; }
    void onConnected() override { m_up = true; }
    void onReadable() override {}
    void onWritten() override {}
    void onClosed(const wire::Error &) override {}

    support::RawOrigin m_origin;
    qint64 m_given = 0;
    bool m_up = false;
    bool m_ready = false;
};

std::array<char, wire::kMaxDataBytes> scratch;

struct Frames {
    std::vector<unsigned> statuses;
    wire::HeaderList fields; // of the last head
    std::string body;
    int dataFrames = 0;
    bool ended = false;
};

Frames decode(const std::string &bytes)
{
    Frames frames;
    wire::FrameReader reader(bytes);
    for (auto frame = reader.next(); frame.has_value() && frame->has_value(); frame = reader.next()) {
        if ((*frame)->kind == wire::FrameKind::ResponseHead) {
            auto head = wire::decodeResponseHead((*frame)->payload).value();
            frames.statuses.push_back(head.status);
            frames.fields = std::move(head.headers);
        } else if ((*frame)->kind == wire::FrameKind::Data) {
            frames.body.append((*frame)->payload);
            ++frames.dataFrames;
        } else {
            frames.ended = (*frame)->kind == wire::FrameKind::End;
        }
    }
    return frames;
}

} // namespace

class ResponsePumpTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void letsEveryOriginReadWhenAsked()
    {
        Source source;
        QVERIFY(source.ready());
        ResponsePump pump(1, false, false);
        pump.allowEveryOrigin();
        std::string frames;
        QVERIFY(source.give("HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: https://a.example\r\n"
                            "Access-Control-Allow-Credentials: true\r\nContent-Length: 0\r\n\r\n"));
        QVERIFY(pump.run(source.connection, frames, scratch).has_value());
        const auto sent = decode(frames);
        QVERIFY(wire::findHeader(sent.fields, "Access-Control-Allow-Origin") == "*");
        QVERIFY(!wire::findHeader(sent.fields, "Access-Control-Allow-Credentials"));
    }

    void takesAResponseByteByByte()
    {
        Source source;
        QVERIFY(source.ready());
        ResponsePump pump(1, false, false);
        std::string frames;
        const QByteArray response = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    "5\r\nhello\r\n1;x=y\r\n!\r\n0\r\n\r\n";
        for (const char byte : response) {
            QVERIFY(!decode(frames).ended);
            QVERIFY(source.give(QByteArray(1, byte)));
            QVERIFY(pump.run(source.connection, frames, scratch).has_value());
        }
        const auto sent = decode(frames);
        QCOMPARE(sent.statuses, (std::vector<unsigned>{100, 200}));
        QCOMPARE(sent.body, std::string("hello!"));
        QVERIFY(sent.ended);
        QVERIFY(pump.keepAlive());
        QCOMPARE(pump.bodyBytes(), std::uint64_t{6});
    }

    void stopsAtTheLastByteOfCredit()
    {
        Source source;
        QVERIFY(source.ready());
        ResponsePump pump(1, false, false);
        pump.credit().take(pump.credit().available() - 3);
        std::string frames;
        QVERIFY(source.give("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
        QCOMPARE(*pump.run(source.connection, frames, scratch), State::Blocked);
        QCOMPARE(decode(frames).body, std::string("hel"));
        QVERIFY(pump.credit().add(1).has_value());
        QCOMPARE(*pump.run(source.connection, frames, scratch), State::Blocked);
        QCOMPARE(decode(frames).body, std::string("hell"));
        QVERIFY(pump.credit().add(100).has_value());
        QCOMPARE(*pump.run(source.connection, frames, scratch), State::Complete);
        QCOMPARE(decode(frames).body, std::string("hello"));
    }

    void aChunkHeaderLargerThanTheCreditWaits()
    {
        Source source;
        QVERIFY(source.ready());
        ResponsePump pump(1, false, false);
        pump.credit().take(pump.credit().available() - 1);
        std::string frames;
        QVERIFY(source.give("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"));
        QCOMPARE(*pump.run(source.connection, frames, scratch), State::Blocked);
        QCOMPARE(*pump.run(source.connection, frames, scratch), State::Blocked);
        QVERIFY(pump.credit().add(1000).has_value());
        QCOMPARE(*pump.run(source.connection, frames, scratch), State::Complete);
        QCOMPARE(decode(frames).body, std::string("hello"));
    }

    void dataFramesKeepTheirLimit()
    {
        Source source;
        QVERIFY(source.ready());
        ResponsePump pump(1, false, false);
        std::string frames;
        QVERIFY(source.give("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + QByteArray(200'000, 'x')));
        bool done = false;
        QVERIFY(QTest::qWaitFor([&] {
            const auto state = pump.run(source.connection, frames, scratch);
            done = state.has_value() && *state == State::Complete;
            return done;
        }));
        QCOMPARE(decode(frames).body.size(), std::size_t{200'000});
        QVERIFY(decode(frames).dataFrames >= 4);
    }

    void knowsWhetherTheConnectionCanGoOn_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<bool>("keepAlive");
        QTest::addColumn<int>("idle");
        QTest::newRow("1.1") << QByteArray("HTTP/1.1 204 No Content\r\n") << true << 0;
        QTest::newRow("close") << QByteArray("HTTP/1.1 204 No Content\r\nConnection: close\r\n") << false << 0;
        QTest::newRow("1.0") << QByteArray("HTTP/1.0 204 No Content\r\n") << false << 0;
        QTest::newRow("Node.js") << QByteArray("HTTP/1.1 204 N\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\n")
                                 << true << 5;
        QTest::newRow("PHP") << QByteArray("HTTP/1.1 204 N\r\nKeep-Alive: max=100, timeout=15\r\n") << true << 15;
        QTest::newRow("nonsense") << QByteArray("HTTP/1.1 204 N\r\nKeep-Alive: timeout=soon\r\n") << true << 0;
    }
    void knowsWhetherTheConnectionCanGoOn()
    {
        QFETCH(QByteArray, fields);
        Source source;
        QVERIFY(source.ready());
        ResponsePump pump(1, false, false);
        std::string frames;
        QVERIFY(source.give(fields + "\r\n"));
        QCOMPARE(*pump.run(source.connection, frames, scratch), State::Complete);
        QTEST(pump.keepAlive(), "keepAlive");
        QTEST(int(pump.idleTimeout().count()), "idle");
    }

    void bytesAfterTheResponseSpoilTheConnection()
    {
        Source source;
        QVERIFY(source.ready());
        ResponsePump pump(1, false, false);
        std::string frames;
        QVERIFY(source.give("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\n"));
        QCOMPARE(*pump.run(source.connection, frames, scratch), State::Complete);
        QVERIFY(!pump.keepAlive());
        QCOMPARE(decode(frames).body, std::string("ok"));
    }

    void recordsWhatItSendsOn()
    {
        Source source;
        QVERIFY(source.ready());
        CaptureRecorder recorder(1, 4);
        ResponsePump pump(1, false, false, &recorder);
        std::string frames;
        QVERIFY(source.give("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\n"
                            "X-A: 1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"));
        QCOMPARE(*pump.run(source.connection, frames, scratch), State::Complete);
        const auto recorded = recorder.take();
        QVERIFY(recorded && recorded->response);
        QCOMPARE(recorded->response->status, 200U);
        QCOMPARE(recorded->response->headers, (wire::HeaderList{{"X-A", "1"}}));
        QCOMPARE(recorded->responseBody, QByteArray("hell"));
        QVERIFY(recorded->responseCut);
        QCOMPARE(decode(frames).body, std::string("hello"));
    }

    void bytesAfterAnUpgradeAreNotABody()
    {
        Source source;
        QVERIFY(source.ready());
        CaptureRecorder recorder(1, 100);
        ResponsePump pump(1, false, true, &recorder);
        std::string frames;
        QVERIFY(source.give("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nraw"));
        QCOMPARE(*pump.run(source.connection, frames, scratch), State::Waiting);
        const auto recorded = recorder.take();
        QVERIFY(recorded && recorded->response);
        QCOMPARE(recorded->response->status, 101U);
        QVERIFY(recorded->responseBody.isEmpty());
        QCOMPARE(decode(frames).body, std::string("raw"));
    }

    void theEndWithoutAnAnswerIsAnError()
    {
        ResponsePump pump(1, false, false);
        std::string frames;
        const auto finished = pump.finish(frames);
        QVERIFY(!finished.has_value());
        QCOMPARE(finished.error().code, wire::Code::InternalError);
        QVERIFY(frames.empty());
    }
};

QTEST_GUILESS_MAIN(ResponsePumpTest)
#include "response_pump_test.moc"
