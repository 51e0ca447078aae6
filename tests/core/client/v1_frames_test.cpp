#include "client/v1_frames.h"
#include "wire/msgpack_codec.h"

#include <QTest>

using client::V1Frames;
using wire::Code;
using wire::FrameKind;

namespace {

const std::string kId = "req_00000000-0000-4000-8000-000000000001";

wire::HttpRequest request(std::string method, std::string body = {}, bool more = false)
{
    wire::HttpRequest request;
    request.requestId = kId;
    request.method = std::move(method);
    request.uri = "/cart?n=1";
    request.headers = {{"host", "shop.example"}, {"x-forwarded-for", "198.51.100.1, 203.0.113.7"}};
    request.body = std::move(body);
    request.more = more;
    request.replyTo = "opaque";
    return request;
}

wire::BodyChunk chunk(std::uint32_t seq, std::string body, bool more)
{
    return {.requestId = kId, .seq = seq, .body = std::move(body), .more = more, .replyTo = {}};
}

struct Seen {
    std::optional<wire::RequestHead> head;
    std::string data;
    int ends = 0;
    std::optional<wire::Error> reset;
    std::uint64_t credit = 0;
    std::vector<wire::ControlMessage> controls;
    std::uint32_t stream = 0;
};

// A link of v1 with both of its ends at hand.
class Link {
public:
    wire::Result<> server(const wire::Message &message) { return v1.onMessage(wire::encodeJson(message), m_now); }

    Seen seen()
    {
        Seen seen;
        const std::string frames = v1.takeFrames();
        wire::FrameReader reader(frames);
        for (auto frame = reader.next(); frame && *frame; frame = reader.next())
            take(seen, **frame);
        return seen;
    }
    void head(std::uint32_t stream, unsigned status, wire::HeaderList headers = {},
              wire::BodyKind body = wire::BodyKind::Unknown)
    {
        wire::ResponseHead head;
        head.status = status;
        head.headers = std::move(headers);
        head.body = body;
        std::string frames;
        const auto at = wire::beginFrame(frames, stream, FrameKind::ResponseHead);
        wire::encodeResponseHead(frames, head);
        wire::finishFrame(frames, at);
        v1.onFrames(frames, m_now);
    }
    void frame(std::uint32_t stream, FrameKind kind, std::string_view payload = {})
    {
        std::string frames;
        wire::appendFrame(frames, stream, kind, payload);
        v1.onFrames(frames, m_now);
    }
    void body(std::uint32_t stream, std::size_t bytes)
    {
        for (; bytes > 0; bytes -= std::min(bytes, wire::kMaxDataBytes))
            frame(stream, FrameKind::Data, std::string(std::min(bytes, wire::kMaxDataBytes), 'b'));
    }
    void window(std::uint32_t stream, std::uint32_t credit)
    {
        std::string frames;
        wire::appendWindow(frames, stream, credit);
        v1.onFrames(frames, m_now);
    }
    std::vector<wire::Message> sent()
    {
        std::vector<wire::Message> messages;
        for (const auto &text : v1.takeMessages()) {
            longest = std::max(longest, text.size());
            messages.push_back(wire::decodeJson(text).value());
        }
        return messages;
    }
    void pass(std::chrono::milliseconds time) { m_now += time; }

    V1Frames v1;
    std::size_t longest = 0;

private:
    static void take(Seen &seen, const wire::Frame &frame)
    {
        seen.stream = std::max(seen.stream, frame.stream);
        switch (frame.kind) {
        case FrameKind::RequestHead: seen.head = wire::decodeRequestHead(frame.payload).value(); break;
        case FrameKind::Data: seen.data += frame.payload; break;
        case FrameKind::End: ++seen.ends; break;
        case FrameKind::Reset: seen.reset = wire::decodeReset(frame.payload).value(); break;
        case FrameKind::Window: seen.credit += wire::decodeWindow(frame.payload).value(); break;
        case FrameKind::Control: seen.controls.push_back(wire::decodeControl(frame.payload).value()); break;
        default: break;
        }
    }

    wire::SteadyTime m_now{};
};

} // namespace

class V1FramesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRequestIsAStream()
    {
        Link link;
        QVERIFY(link.server(request("GET")));
        const Seen seen = link.seen();
        QCOMPARE(seen.head->method, std::string("GET"));
        QCOMPARE(seen.head->uri, std::string("/cart?n=1"));
        QCOMPARE(seen.head->requestId, kId);
        QCOMPARE(seen.head->remoteAddress, std::string("203.0.113.7"));
        QVERIFY(seen.head->body == wire::BodyKind::None);
        QCOMPARE(seen.ends, 1);
    }

    void aBodyHasItsLength()
    {
        Link link;
        QVERIFY(link.server(request("POST", "a=1")));
        const Seen seen = link.seen();
        QVERIFY(seen.head->body == wire::BodyKind::Sized);
        QCOMPARE(std::string(*wire::findHeader(seen.head->headers, "Content-Length")), std::string("3"));
        QCOMPARE(seen.data, std::string("a=1"));
        QCOMPARE(seen.ends, 1);
    }

    void chunksComeInAnyOrder()
    {
        Link link;
        QVERIFY(link.server(chunk(2, "c", false)));
        QVERIFY(link.server(request("POST", "a", true)));
        Seen seen = link.seen();
        QVERIFY(seen.head->body == wire::BodyKind::Unknown);
        QCOMPARE(seen.data, std::string("a"));
        QCOMPARE(seen.ends, 0);
        QVERIFY(link.server(chunk(1, "b", true)));
        seen = link.seen();
        QCOMPARE(seen.data, std::string("bc"));
        QCOMPARE(seen.ends, 1);
    }

    void aBodyWaitsForCredit()
    {
        Link link;
        QVERIFY(link.server(request("POST", std::string(80'000, 'a'), true)));
        for (std::uint32_t seq = 1; seq <= 3; ++seq)
            QVERIFY(link.server(chunk(seq, std::string(80'000, 'a'), seq < 3)));
        Seen seen = link.seen();
        QCOMPARE(seen.data.size(), std::size_t{wire::kInitialWindowBytes});
        QCOMPARE(seen.ends, 0);
        link.window(1, 100'000);
        seen = link.seen();
        QCOMPARE(seen.data.size(), 320'000 - std::size_t{wire::kInitialWindowBytes});
        QCOMPARE(seen.ends, 1);
        link.window(1, 1000);
        QCOMPARE(link.seen().ends, 0);
    }

    void aSmallResponseIsOneMessage()
    {
        Link link;
        QVERIFY(link.server(request("GET")));
        link.pass(std::chrono::milliseconds{12});
        link.head(1, 100);
        link.head(1, 200, {{"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}});
        link.body(1, 5);
        QVERIFY(link.sent().empty());
        QCOMPARE(link.seen().credit, std::uint64_t{5});
        link.frame(1, FrameKind::End);
        const auto sent = link.sent();
        QCOMPARE(sent.size(), std::size_t{1});
        const auto &response = std::get<wire::HttpResponse>(sent[0]);
        QCOMPARE(response.statusCode, 200U);
        QCOMPARE(response.headers.size(), std::size_t{2});
        QCOMPARE(response.body, std::string("bbbbb"));
        QCOMPARE(response.processingTimeMs, std::uint64_t{12});
        QCOMPARE(response.replyTo, std::string("opaque"));
        QVERIFY(!response.more);
    }

    void aLargeResponseIsSeveral_data()
    {
        QTest::addColumn<int>("bytes");
        for (const int bytes : {0, 1, 24 * 1024, int(wire::kV1ChunkBodyBytes), int(wire::kV1ChunkBodyBytes) + 1,
                                128 * 1024, 1024 * 1024, 4 * 1024 * 1024})
            QTest::addRow("%d", bytes) << bytes;
    }
    void aLargeResponseIsSeveral()
    {
        QFETCH(const int, bytes);
        Link link;
        QVERIFY(link.server(request("GET")));
        link.head(1, 200, {{"X-Long", std::string(20'000, 'h')}});
        link.body(1, std::size_t(bytes));
        link.frame(1, FrameKind::End);
        std::size_t total = 0;
        const auto sent = link.sent();
        for (std::size_t i = 0; i < sent.size(); ++i) {
            const bool last = i + 1 == sent.size();
            if (const auto *head = std::get_if<wire::HttpResponse>(&sent[i])) {
                QCOMPARE(i, std::size_t{0});
                QCOMPARE(head->more, !last);
                total += head->body.size();
                continue;
            }
            const auto &part = std::get<wire::BodyChunk>(sent[i]);
            QCOMPARE(std::size_t{part.seq}, i);
            QCOMPARE(part.more, !last);
            QCOMPARE(part.replyTo, std::string("opaque"));
            QVERIFY(!part.body.empty());
            total += part.body.size();
        }
        QCOMPARE(total, std::size_t(bytes));
        QVERIFY(link.longest <= wire::kV1MaxMessageBytes);
    }

    void tooLargeResponsesAreRefused()
    {
        Link link;
        wire::ConnectionEstablished established;
        established.connectionId = "c";
        established.tunnelId = "shop";
        established.publicUrl = "https://shop.example/";
        established.limits.maxBodyBytes = 1000;
        QVERIFY(link.server(established));
        QCOMPARE(link.seen().controls.size(), std::size_t{1});
        QVERIFY(link.server(request("GET")));
        link.seen();
        link.head(1, 200, {{"Content-Length", "1001"}}, wire::BodyKind::Sized);
        QVERIFY(link.seen().reset->code == Code::PayloadTooLarge);
        const auto sent = link.sent();
        QCOMPARE(sent.size(), std::size_t{1});
        const auto &error = std::get<wire::ErrorMessage>(sent[0]);
        QVERIFY(error.error.code == Code::PayloadTooLarge);
        QCOMPARE(error.requestId, kId);
        QCOMPARE(error.replyTo, std::string("opaque"));
        link.frame(1, FrameKind::End);
        QVERIFY(link.sent().empty());
    }

    void resetsAreErrors()
    {
        Link link;
        QVERIFY(link.server(request("GET")));
        std::string frames;
        const auto at = wire::beginFrame(frames, 1, FrameKind::Reset);
        wire::encodeReset(frames, {Code::LocalServiceUnavailable, "nothing listens there"});
        wire::finishFrame(frames, at);
        link.v1.onFrames(frames, {});
        const auto sent = link.sent();
        QCOMPARE(sent.size(), std::size_t{1});
        QVERIFY(std::get<wire::ErrorMessage>(sent[0]).error.code == Code::LocalServiceUnavailable);
    }

    void cancelEndsTheStream()
    {
        Link link;
        QVERIFY(link.server(request("POST", "a", true)));
        link.seen();
        QVERIFY(link.server(wire::Cancel{.requestId = kId, .reason = "the visitor left"}));
        QVERIFY(link.seen().reset->code == Code::Cancelled);
        QVERIFY(link.server(chunk(1, "late", false)));
        QVERIFY(link.seen().data.empty());
        QVERIFY(link.sent().empty());
    }

    void aSecondRequestOfTheSameIdEndsTheLink()
    {
        Link link;
        QVERIFY(link.server(request("GET")));
        QVERIFY(!link.server(request("GET")));
    }

    void aChunkTwiceIsTold()
    {
        Link link;
        QVERIFY(link.server(request("POST", "a", true)));
        QVERIFY(link.server(chunk(1, "b", true)));
        QVERIFY(link.server(chunk(1, "b", true)));
        QVERIFY(link.seen().reset.has_value());
        QCOMPARE(link.sent().size(), std::size_t{1});
    }

    void hopByHopFieldsStayOutside()
    {
        Link link;
        auto get = request("GET");
        get.headers.push_back({"Transfer-Encoding", "chunked"});
        get.headers.push_back({"Upgrade", "websocket"});
        get.headers.push_back({"Connection", "Upgrade"});
        QVERIFY(link.server(get));
        const Seen seen = link.seen();
        QCOMPARE(seen.head->headers.size(), std::size_t{2});
        QVERIFY(seen.head->upgrade.empty());
    }

    void controlsPass()
    {
        Link link;
        QVERIFY(link.server(wire::Pong{}));
        QCOMPARE(link.seen().controls.size(), std::size_t{1});
        std::string frames;
        const auto at = wire::beginFrame(frames, 0, FrameKind::Control);
        wire::Ready ready;
        ready.name = "shop";
        wire::encodeControl(frames, ready);
        wire::finishFrame(frames, at);
        link.v1.onFrames(frames, {});
        QCOMPARE(std::get<wire::Ready>(link.sent().at(0)).name, std::string("shop"));
    }

    void whatOvertakesItsRequestIsBounded()
    {
        Link link;
        for (int i = 0; i < 100; ++i) {
            auto early = chunk(1, "x", true);
            early.requestId = "req_00000000-0000-4000-8000-0000000001" + std::to_string(10 + i % 90);
            std::ignore = link.server(early);
        }
        QVERIFY(link.seen().data.empty());
    }

    void whatApiGatewaySaysItselfIsPassedOver()
    {
        Link link;
        QVERIFY(link.server(request("GET")));
        QVERIFY(link.v1.onMessage(R"({"message":"Internal server error","connectionId":"c=","requestId":"r="})", {}));
        QVERIFY(!link.seen().reset.has_value());
        QVERIFY(link.sent().empty());
        QVERIFY(!link.v1.onMessage(R"({"message":"Internal server error"})", {}));
        QVERIFY(!link.v1.onMessage(R"({"type":"no such","message":"m","connectionId":"c="})", {}));
    }

    void rubbishEndsTheLink()
    {
        V1Frames v1;
        QVERIFY(!v1.onMessage("{", {}));
        QVERIFY(!v1.onMessage(
            R"({"type":"http_response","request_id":")" + kId + R"(","status_code":200,"headers":{}})", {}));
    }
};

QTEST_GUILESS_MAIN(V1FramesTest)
#include "v1_frames_test.moc"
