#include "http1/serialize.h"
#include "relay/visitor_exchange.h"
#include "support/relay_test.h"
#include "support/wait_for.h"

#include <gmock/gmock.h>

#include <map>

namespace {

using namespace std::chrono_literals;
using namespace support;
using wire::Code;
using wire::FrameKind;
using Clock = std::chrono::steady_clock;

std::string pattern(std::size_t size)
{
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(i * 31 + i / 251);
    return bytes;
}

class VisitorExchangeTest : public RelayTest {
protected:
    void startServing(const relay::Config &config = quietConfig())
    {
        start(config);
        m_client = serve("shop");
    }
    // Sends a request without a body and returns it as the client got it.
    ClientRequest ask(RawVisitor &visitor, std::string_view fields = "", std::string_view method = "GET")
    {
        visitor.send(request(method, host("shop"), "/", fields));
        return m_client->expectRequest();
    }
    // The beginning of a chunked request; its body follows by hand.
    ClientRequest startUpload(RawVisitor &visitor)
    {
        visitor.send(request("POST", host("shop"), "/", "Transfer-Encoding: chunked\r\n"));
        return m_client->expectRequest();
    }
    // Passes one byte of the body up, again and again: time passes, and the request makes progress.
    void trickle(RawVisitor &visitor, std::chrono::milliseconds time)
    {
        for (const auto end = Clock::now() + time; Clock::now() < end;) {
            visitor.send("1\r\nx\r\n");
            ASSERT_EQ(m_client->expect(FrameKind::Data).payload, "x");
        }
    }
    // The relay and the client go on as if nothing had happened.
    void expectStillServing()
    {
        RawVisitor visitor(port());
        const auto request = ask(visitor);
        m_client->respond(request.stream, 200, "still here");
        EXPECT_EQ(visitor.readResponse().body, "still here");
    }
    TestClient &client() { return *m_client; }

private:
    std::unique_ptr<TestClient> m_client;
};

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

// --- Upgrades --------------------------------------------------------------------------------------------------------

constexpr std::string_view kUpgrade = "Connection: Upgrade\r\nUpgrade: echo\r\n";

TEST_F(VisitorExchangeTest, AnUpgradeCarriesBytesBothWaysAndHalfCloses)
{
    startServing();
    RawVisitor visitor(port());
    const auto request = ask(visitor, kUpgrade);
    EXPECT_EQ(request.head.upgrade, "echo");
    visitor.send("early");
    client().sendHead(request.stream, emptyHead(101));
    const auto answer = visitor.readHead();
    EXPECT_EQ(answer.status(), 101U);
    EXPECT_EQ(answer.header("Upgrade"), "echo");
    EXPECT_EQ(answer.header("Connection"), "Upgrade");
    EXPECT_EQ(client().expect(FrameKind::Data).payload, "early");
    client().sendData(request.stream, "down");
    EXPECT_EQ(visitor.receiveExactly(4), "down");
    const auto large = pattern(300'000);
    visitor.send(large);
    visitor.finishSending();
    EXPECT_EQ(client().readBody(request.stream), large);
    client().sendData(request.stream, "after your end");
    EXPECT_EQ(visitor.receiveExactly(14), "after your end");
    client().sendEnd(request.stream);
    EXPECT_TRUE(visitor.atEnd());
    expectStillServing();
}

TEST_F(VisitorExchangeTest, TheServiceMayHalfCloseAnUpgradeFirst)
{
    startServing();
    RawVisitor visitor(port());
    const auto request = ask(visitor, kUpgrade);
    client().sendHead(request.stream, emptyHead(101));
    client().sendData(request.stream, "bye");
    client().sendEnd(request.stream);
    (void)visitor.readHead();
    EXPECT_EQ(visitor.receiveToEnd(), "bye");
    visitor.send("one more thing");
    visitor.finishSending();
    EXPECT_EQ(client().readBody(request.stream), "one more thing");
    expectStillServing();
}

TEST_F(VisitorExchangeTest, AnUpgradeMayBeDeclined)
{
    startServing();
    RawVisitor visitor(port());
    for (int i = 0; i < 2; ++i) {
        const auto request = ask(visitor, kUpgrade);
        client().respond(request.stream, 200, "no");
        const auto answer = visitor.readResponse();
        EXPECT_EQ(answer.status(), 200U);
        EXPECT_EQ(answer.body, "no");
        EXPECT_TRUE(answer.keepAlive);
        (void)client().expect(FrameKind::End);
    }
}

TEST_F(VisitorExchangeTest, AnUpgradeThatNobodyAskedForIsRefused)
{
    startServing();
    RawVisitor visitor(port());
    const auto request = ask(visitor);
    client().sendHead(request.stream, emptyHead(101));
    EXPECT_EQ(client().expectReset(request.stream).code, Code::ProtocolError);
    EXPECT_EQ(visitor.readResponse().status(), 502U);
}

TEST_F(VisitorExchangeTest, ASilentUpgradeIsEndedAndABusyOneIsNot)
{
    auto config = quietConfig();
    config.timeouts.upgradedIdle = 400ms;
    startServing(config);
    RawVisitor visitor(port());
    const auto request = ask(visitor, kUpgrade);
    client().sendHead(request.stream, emptyHead(101));
    (void)visitor.readHead();
    for (const auto end = Clock::now() + 1500ms; Clock::now() < end;) { // the service talks, the visitor listens
        client().sendData(request.stream, "tick");
        ASSERT_EQ(visitor.receiveExactly(4), "tick");
    }
    EXPECT_EQ(client().expectReset(request.stream).code, Code::Cancelled);
    EXPECT_THROW((void)visitor.receive(), ConnectionReset);
}

// --- Failures --------------------------------------------------------------------------------------------------------

TEST_F(VisitorExchangeTest, AClientLostBeforeTheHeadIsAPage)
{
    startServing();
    RawVisitor visitor(port());
    (void)ask(visitor);
    client().socket().reset();
    const auto answer = visitor.readResponse();
    EXPECT_EQ(answer.status(), 502U);
    EXPECT_EQ(errorCode(answer), "connection_lost");
    EXPECT_TRUE(answer.keepAlive);
    EXPECT_FALSE(answer.header("X-Request-Id").empty());
}

TEST_F(VisitorExchangeTest, AClientLostInTheMiddleOfABodyResetsTheVisitor)
{
    startServing();
    for (const bool sized : {true, false}) {
        const auto dying = sized ? serve("sized") : serve("streamed");
        RawVisitor visitor(port());
        visitor.send(get(host(sized ? "sized" : "streamed"), "/"));
        const auto stream = dying->expectRequest().stream;
        dying->sendHead(stream, sized ? sizedHead(200, 100) : streamedHead(200));
        dying->sendData(stream, "part");
        auto answer = visitor.readHead();
        visitor.readBody(answer, 4);
        dying->socket().reset();
        EXPECT_THROW(visitor.readBody(answer), ConnectionReset) << "a part must not look like the whole";
    }
}

TEST_F(VisitorExchangeTest, AClientsResetInTheMiddleOfABodyResetsTheVisitor)
{
    startServing();
    RawVisitor visitor(port());
    const auto stream = ask(visitor).stream;
    client().sendHead(stream, streamedHead(200));
    client().sendData(stream, "part");
    client().sendReset(stream, {Code::InternalError, "the service died"});
    auto answer = visitor.readHead();
    EXPECT_THROW(visitor.readBody(answer), ConnectionReset);
    expectStillServing();
}

TEST_F(VisitorExchangeTest, TooFewOrTooManyBytesAreNotPassedOffAsAResponse)
{
    startServing();
    for (const std::string bytes : {"hell", "hello!"}) {
        RawVisitor visitor(port());
        const auto stream = ask(visitor).stream;
        client().sendHead(stream, sizedHead(200, 5));
        client().sendData(stream, bytes);
        client().sendEnd(stream);
        EXPECT_EQ(client().expectReset(stream).code, Code::ProtocolError);
        EXPECT_THROW((void)visitor.readResponse(), std::runtime_error);
    }
    expectStillServing();
}

TEST_F(VisitorExchangeTest, AVisitorThatLeavesCancelsItsRequest)
{
    startServing();
    auto visitor = std::make_unique<RawVisitor>(port());
    const auto waiting = ask(*visitor).stream;
    visitor.reset();
    EXPECT_EQ(client().expectReset(waiting).code, Code::Cancelled) << "while it waited for the head";

    visitor = std::make_unique<RawVisitor>(port());
    const auto uploading = startUpload(*visitor).stream;
    visitor.reset();
    EXPECT_EQ(client().expectReset(uploading).code, Code::Cancelled) << "in the middle of its upload";

    visitor = std::make_unique<RawVisitor>(port());
    const auto upgrading = ask(*visitor, kUpgrade).stream;
    visitor.reset();
    EXPECT_EQ(client().expectReset(upgrading).code, Code::Cancelled) << "before its upgrade was answered";
    expectStillServing();
}

TEST_F(VisitorExchangeTest, AVisitorThatLeavesAfterASlowUploadCancelsItsRequest)
{
    startServing();
    auto visitor = std::make_unique<RawVisitor>(port());
    const auto stream = startUpload(*visitor).stream;
    trickle(*visitor, 1200ms);
    visitor->send("0\r\n\r\n");
    (void)client().expect(FrameKind::End);
    visitor.reset();
    EXPECT_EQ(client().expectReset(stream).code, Code::Cancelled);
}

TEST_F(VisitorExchangeTest, AVisitorThatLeavesInTheMiddleOfAStreamCancelsIt)
{
    startServing();
    auto visitor = std::make_unique<RawVisitor>(port());
    const auto stream = ask(*visitor).stream;
    client().sendHead(stream, streamedHead(200));
    client().sendData(stream, "event");
    (void)visitor->readHead();
    visitor->reset();
    EXPECT_TRUE(eventually([&] {
        client().sendData(stream, "event");
        const auto frame = client().nextWithin(10ms);
        return frame && frame->kind == FrameKind::Reset;
    }));
    expectStillServing();
}

TEST_F(VisitorExchangeTest, AHalfClosedVisitorThatWantsNoMoreGetsItsAnswer)
{
    startServing();
    RawVisitor visitor(port());
    const auto stream = ask(visitor, "Connection: close\r\n").stream;
    visitor.finishSending();
    EXPECT_FALSE(client().nextWithin(1500ms)) << "longer than the relay waits before it looks after its visitor";
    client().respond(stream, 200, "answer");
    EXPECT_EQ(visitor.readResponse().body, "answer");
    EXPECT_TRUE(visitor.atEnd());
}

TEST_F(VisitorExchangeTest, AnAnswerBeforeTheEndOfTheUploadIsReadable)
{
    startServing();
    RawVisitor visitor(port());
    visitor.send(request("POST", host("shop"), "/", "Content-Length: 10000000\r\n") + pattern(100'000));
    const auto stream = client().expectRequest().stream;
    client().respond(stream, 403, "no uploads");
    auto frame = client().next();
    while (frame.kind == FrameKind::Data)
        frame = client().next();
    EXPECT_EQ(frame.kind, FrameKind::Reset) << "the client is told that nobody wants the rest";
    visitor.send(pattern(5'000'000));
    const auto answer = visitor.readResponse();
    EXPECT_EQ(answer.status(), 403U);
    EXPECT_EQ(answer.body, "no uploads");
    expectStillServing();
}

TEST_F(VisitorExchangeTest, AnUploadThatEndsAfterItsAnswerKeepsTheConnection)
{
    startServing();
    RawVisitor visitor(port());
    const auto stream = startUpload(visitor).stream;
    client().respond(stream, 200, "early");
    EXPECT_EQ(visitor.readResponse().body, "early");
    EXPECT_EQ(client().expectReset(stream).code, Code::Cancelled);
    visitor.send("5\r\nhello\r\n0\r\n\r\n");
    const auto next = ask(visitor).stream;
    client().respond(next, 200, "next");
    EXPECT_EQ(visitor.readResponse().body, "next");
}

TEST_F(VisitorExchangeTest, ABodyOverTheLimitIsRefusedWhileItIsRead)
{
    auto config = quietConfig();
    config.limits.maxBodyBytes = 1000;
    startServing(config);
    RawVisitor visitor(port());
    const auto stream = startUpload(visitor).stream;
    std::string chunk;
    http1::appendChunk(chunk, pattern(600));
    visitor.send(chunk);
    EXPECT_EQ(client().expect(FrameKind::Data).payload.size(), 600U);
    visitor.send(chunk);
    auto frame = client().next();
    while (frame.kind == FrameKind::Data)
        frame = client().next();
    EXPECT_EQ(frame.kind, FrameKind::Reset);
    EXPECT_EQ(frame.stream, stream);
    const auto answer = visitor.readResponse();
    EXPECT_EQ(answer.status(), 413U);
    EXPECT_FALSE(answer.keepAlive);
}

// --- Time ------------------------------------------------------------------------------------------------------------

TEST_F(VisitorExchangeTest, AHeadThatDoesNotComeIsTimedOut)
{
    auto config = quietConfig();
    config.timeouts.responseHead = 300ms;
    startServing(config);
    RawVisitor visitor(port());
    const auto stream = ask(visitor).stream;
    EXPECT_EQ(client().expectReset(stream).code, Code::Timeout);
    const auto answer = visitor.readResponse();
    EXPECT_EQ(answer.status(), 504U);
    EXPECT_EQ(errorCode(answer), "timeout");
    expectStillServing();
}

TEST_F(VisitorExchangeTest, ALongUploadIsNoLateAnswer)
{
    auto config = quietConfig();
    config.timeouts.responseHead = 300ms;
    startServing(config);
    RawVisitor visitor(port());
    const auto stream = startUpload(visitor).stream;
    trickle(visitor, 1500ms);
    visitor.send("0\r\n\r\n");
    (void)client().expect(FrameKind::End);
    client().respond(stream, 200, "got it all");
    EXPECT_EQ(visitor.readResponse().body, "got it all");
}

TEST_F(VisitorExchangeTest, AnAnswerMayTakeItsTimeOnceItsHeadIsThere)
{
    auto config = quietConfig();
    config.timeouts.responseHead = 300ms;
    startServing(config);
    RawVisitor visitor(port());
    const auto stream = ask(visitor).stream;
    client().sendHead(stream, streamedHead(200));
    EXPECT_FALSE(client().nextWithin(1s));
    client().sendData(stream, "late");
    client().sendEnd(stream);
    EXPECT_EQ(visitor.readResponse().body, "late");
}

TEST_F(VisitorExchangeTest, ABodyThatStopsComingIsTimedOut)
{
    auto config = quietConfig();
    config.timeouts.bodyRead = 300ms;
    startServing(config);
    RawVisitor visitor(port());
    const auto stream = startUpload(visitor).stream;
    EXPECT_EQ(client().expectReset(stream).code, Code::Timeout);
    const auto answer = visitor.readResponse();
    EXPECT_EQ(errorCode(answer), "timeout");
    EXPECT_FALSE(answer.keepAlive);
    expectStillServing();
}

} // namespace
