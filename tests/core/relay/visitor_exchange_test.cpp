#include "http1/serialize.h"
#include "relay/visitor_exchange.h"
#include "visitor_exchange_fixture.h"

#include <map>

namespace {

// --- Bodies ----------------------------------------------------------------------------------------------------------

TEST_F(VisitorExchangeTest, SizedBodiesBothWays)
{
    startServing();
    RawVisitor visitor(port());
    const auto up = pattern(wire::kMiB + 17);
    const auto down = pattern(200'000);
    visitor.send(post(host("shop"), "/upload", up, "Content-Type: image/png\r\n"));
    const auto request = client().expectRequest();
    EXPECT_EQ(request.head.body, wire::BodyKind::Sized);
    EXPECT_EQ(wire::findHeader(request.head.headers, "Content-Length"), std::to_string(up.size()));
    EXPECT_EQ(client().readBody(request.stream), up);
    client().respond(request.stream, 201, down, {{"X", "1"}, {"Set-Cookie", "a"}, {"Set-Cookie", "b"}});
    const auto answer = visitor.readResponse();
    EXPECT_EQ(answer.status(), 201U);
    EXPECT_EQ(answer.head.reason, "Reason");
    EXPECT_EQ(answer.head.headers,
              (wire::HeaderList{{"X", "1"}, {"Set-Cookie", "a"}, {"Set-Cookie", "b"}, {"Content-Length", "200000"}}));
    EXPECT_EQ(answer.body, down);
    EXPECT_TRUE(answer.keepAlive);
}

TEST_F(VisitorExchangeTest, ChunkedBodiesAndTrailersBothWays)
{
    startServing();
    RawVisitor visitor(port());
    const auto request = startUpload(visitor);
    EXPECT_EQ(request.head.body, wire::BodyKind::Unknown);
    EXPECT_EQ(wire::findHeader(request.head.headers, "Transfer-Encoding"), std::nullopt);
    visitor.send("5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\nX-Up: 1\r\n\r\n");
    wire::HeaderList trailers;
    EXPECT_EQ(client().readBody(request.stream, &trailers), "hello world");
    EXPECT_EQ(trailers, (wire::HeaderList{{"X-Up", "1"}}));
    client().sendHead(request.stream, streamedHead(200, {{"Trailer", "X-Down"}}));
    client().sendData(request.stream, "hello ");
    client().sendData(request.stream, "back");
    client().sendEnd(request.stream, {{"X-Down", "2"}});
    const auto answer = visitor.readResponse();
    EXPECT_EQ(answer.header("Transfer-Encoding"), "chunked");
    EXPECT_EQ(answer.body, "hello back");
    EXPECT_EQ(answer.trailers, (wire::HeaderList{{"X-Down", "2"}}));
    EXPECT_TRUE(answer.keepAlive);
}

TEST_F(VisitorExchangeTest, BytesGoOnAsTheyComeInBothDirectionsAtOnce)
{
    startServing();
    RawVisitor visitor(port());
    const auto request = startUpload(visitor);
    client().sendHead(request.stream, streamedHead(200));
    auto answer = visitor.readHead();
    for (int i = 0; i < 20; ++i) {
        const auto word = "word-" + std::to_string(10 + i);
        visitor.send("7\r\n" + word + "\r\n");
        EXPECT_EQ(client().expect(FrameKind::Data).payload, word);
        client().sendData(request.stream, word);
        visitor.readBody(answer, answer.body.size() + word.size());
        EXPECT_TRUE(answer.body.ends_with(word));
    }
    visitor.send("0\r\n\r\n");
    (void)client().expect(FrameKind::End);
    client().sendEnd(request.stream);
    visitor.readBody(answer);
    EXPECT_TRUE(answer.keepAlive);
    expectStillServing();
}

TEST_F(VisitorExchangeTest, ResponsesWithoutABody)
{
    startServing();
    RawVisitor visitor(port());
    auto request = ask(visitor, "", "HEAD");
    EXPECT_EQ(request.head.method, "HEAD");
    client().sendHead(request.stream, emptyHead(200, {{"Content-Length", "12345"}}));
    client().sendEnd(request.stream);
    EXPECT_EQ(visitor.readResponse(true).header("Content-Length"), "12345");
    for (const unsigned status : {204U, 304U}) {
        request = ask(visitor);
        client().sendHead(request.stream, emptyHead(status, {{"ETag", "\"e\""}}));
        client().sendEnd(request.stream);
        const auto answer = visitor.readResponse();
        EXPECT_EQ(answer.status(), status);
        EXPECT_EQ(answer.header("Content-Length"), "(absent)");
    }
    request = ask(visitor);
    client().sendHead(request.stream, emptyHead(200));
    client().sendEnd(request.stream);
    EXPECT_EQ(visitor.readResponse().header("Content-Length"), "0");
}

TEST_F(VisitorExchangeTest, TransportSecurityIsSaidWithAnswersAndPages)
{
    auto config = tlsConfig();
    config.tls.hsts = 600s;
    startServing(config);
    RawVisitor visitor(port(), kTls);
    client().respond(ask(visitor).stream, 200, "ok");
    EXPECT_EQ(visitor.readResponse().header("Strict-Transport-Security"), "max-age=600");
    client().sendReset(ask(visitor).stream, {Code::Timeout, "too slow"});
    EXPECT_EQ(visitor.readResponse().header("Strict-Transport-Security"), "max-age=600");
}

TEST_F(VisitorExchangeTest, InterimHeadsAndExpectContinue)
{
    startServing();
    RawVisitor visitor(port());
    visitor.send(request("POST", host("shop"), "/", "Expect: 100-continue\r\nContent-Length: 5\r\n"));
    const auto request = client().expectRequest();
    EXPECT_EQ(wire::findHeader(request.head.headers, "Expect"), "100-continue");
    EXPECT_FALSE(visitor.readable(0ms)) << "the relay must not answer for the service";
    client().sendHead(request.stream, emptyHead(100));
    const std::string goOn = "HTTP/1.1 100 Reason\r\n\r\n";
    EXPECT_EQ(visitor.receiveExactly(goOn.size()), goOn);
    visitor.send("hello");
    EXPECT_EQ(client().readBody(request.stream), "hello");
    client().sendHead(request.stream, emptyHead(103, {{"Link", "</a.css>"}}));
    client().respond(request.stream, 200, "done");
    const auto answer = visitor.readResponse();
    ASSERT_EQ(answer.interim.size(), 1U);
    EXPECT_EQ(answer.interim[0].status, 103U);
    EXPECT_EQ(answer.body, "done");
}

// --- Flow control ----------------------------------------------------------------------------------------------------

// What one slow visitor costs is the window and the kernel's buffers, however much the service has to say.
TEST_F(VisitorExchangeTest, AVisitorThatDoesNotReadStopsTheClientAndNobodyElse)
{
    startServing();
    RawVisitor slow(port(), {.tls = false, .receiveBuffer = 16 * 1024});
    const auto stream = ask(slow).stream;
    constexpr std::size_t kSize = 64 * wire::kMiB;
    client().sendHead(stream, sizedHead(200, kSize));
    const auto body = pattern(wire::kMaxDataBytes);
    std::size_t credit = wire::kInitialWindowBytes;
    std::size_t sent = 0;
    const auto sendAll = [&] {
        for (; credit >= body.size() && sent < kSize; credit -= body.size(), sent += body.size())
            client().sendData(stream, body);
    };
    sendAll();
    while (const auto frame = client().nextWithin(1s)) {
        ASSERT_EQ(frame->kind, FrameKind::Window);
        credit += *wire::decodeWindow(frame->payload);
        sendAll();
    }
    EXPECT_GE(sent, wire::kInitialWindowBytes);
    EXPECT_LT(sent, kSize / 2) << "the relay took what its visitor does not read";
    expectStillServing();

    auto answer = slow.readHead();
    std::size_t received = 0;
    while (received < kSize) {
        slow.readBody(answer, 1);
        received += answer.body.size();
        answer.body.clear();
        while (sent < kSize && credit < body.size()) {
            const auto frame = client().nextWithin(0ms);
            if (!frame)
                break;
            credit += *wire::decodeWindow(frame->payload);
        }
        sendAll();
    }
    EXPECT_EQ(received, kSize);
    client().sendEnd(stream);
    expectStillServing();
}

TEST_F(VisitorExchangeTest, AClientThatDoesNotReadStopsTheVisitor)
{
    startServing();
    RawVisitor visitor(port());
    const auto body = pattern(wire::kInitialWindowBytes + 1000);
    visitor.send(post(host("shop"), "/", body));
    const auto stream = client().expectRequest().stream;
    std::string got;
    while (got.size() < wire::kInitialWindowBytes)
        got += client().expect(FrameKind::Data).payload;
    EXPECT_EQ(got.size(), wire::kInitialWindowBytes);
    EXPECT_FALSE(client().nextWithin(300ms)) << "more than the credit";
    client().sendWindow(stream, 400);
    got += client().expect(FrameKind::Data).payload;
    client().sendWindow(stream, 600);
    got += client().expect(FrameKind::Data).payload;
    EXPECT_EQ(got, body);
    (void)client().expect(FrameKind::End);
}

// The end of a chunked body needs no credit of its own, and too little for a chunk's header must not be waited out.
TEST_F(VisitorExchangeTest, TheLastChunkArrivesWithNextToNoCredit)
{
    for (const std::size_t left : {0U, 1U, 3U, 4U, 7U}) {
        startServing();
        RawVisitor visitor(port());
        const auto stream = startUpload(visitor).stream;
        std::string body;
        http1::appendChunk(body, pattern(wire::kInitialWindowBytes - left));
        visitor.send(body + "0\r\nX-Sum: " + std::string(50, '1') + "\r\n\r\n");
        std::size_t got = 0;
        while (got < wire::kInitialWindowBytes - left)
            got += client().expect(FrameKind::Data).payload.size();
        client().sendWindow(stream, wire::kInitialWindowBytes / 2);
        EXPECT_EQ(client().nextWithin(5s).value_or(ReceivedFrame{}).kind, FrameKind::End) << left << " left";
    }
}

TEST_F(VisitorExchangeTest, ManyUploadsToAClientThatReadsLate)
{
    startServing();
    constexpr std::size_t kUploads = 60; // together more than the link's queue takes
    const auto body = pattern(wire::kInitialWindowBytes);
    std::vector<std::unique_ptr<RawVisitor>> visitors;
    for (std::size_t i = 0; i < kUploads; ++i) {
        visitors.push_back(std::make_unique<RawVisitor>(port()));
        visitors.back()->send(post(host("shop"), "/", body));
    }
    std::map<std::uint32_t, std::string> bodies;
    for (std::size_t ended = 0; ended < kUploads;) {
        const auto frame = client().next();
        if (frame.kind == FrameKind::Data)
            bodies[frame.stream] += frame.payload;
        ended += frame.kind == FrameKind::End ? 1 : 0;
    }
    EXPECT_EQ(bodies.size(), kUploads);
    for (const auto &[stream, got] : bodies) {
        EXPECT_EQ(got, body) << stream;
        client().respond(stream, 200, "");
    }
    for (const auto &visitor : visitors)
        EXPECT_EQ(visitor->readResponse().status(), 200U);
}

} // namespace
