// Exchanges that go wrong on either side, or take too long: a part of visitor_exchange_test.
#include "http1/serialize.h"
#include "support/wait_for.h"
#include "visitor_exchange_fixture.h"

namespace {

using VisitorExchangeFailureTest = VisitorExchangeTest;

TEST_F(VisitorExchangeFailureTest, AClientLostBeforeTheHeadIsAPage)
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

TEST_F(VisitorExchangeFailureTest, AClientLostInTheMiddleOfABodyResetsTheVisitor)
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

TEST_F(VisitorExchangeFailureTest, AClientsResetInTheMiddleOfABodyResetsTheVisitor)
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

TEST_F(VisitorExchangeFailureTest, TooFewOrTooManyBytesAreNotPassedOffAsAResponse)
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

TEST_F(VisitorExchangeFailureTest, AVisitorThatLeavesCancelsItsRequest)
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

TEST_F(VisitorExchangeFailureTest, AVisitorThatLeavesCancelsItsRequestOverTlsToo)
{
    startServing(tlsConfig());
    for (const bool withReset : {false, true}) {
        auto visitor = std::make_unique<RawVisitor>(port(), kTls);
        const auto waiting = ask(*visitor).stream;
        if (withReset)
            visitor->reset();
        visitor.reset();
        EXPECT_EQ(client().expectReset(waiting).code, Code::Cancelled);
    }
    RawVisitor polite(port(), kTls);
    const auto waiting = ask(polite).stream;
    polite.finishSending();
    EXPECT_EQ(client().expectReset(waiting).code, Code::Cancelled) << "close_notify, and a wish for more requests";
}

TEST_F(VisitorExchangeFailureTest, APatientVisitorKeepsItsConnection)
{
    for (const bool tls : {false, true}) {
        startServing(tls ? tlsConfig() : quietConfig());
        RawVisitor visitor(port(), {.tls = tls});
        const auto first = ask(visitor).stream;
        EXPECT_FALSE(client().nextWithin(1200ms)) << "longer than the relay waits before it looks after its visitor";
        client().respond(first, 200, "first");
        EXPECT_EQ(visitor.readResponse().body, "first");
        const auto second = ask(visitor).stream;
        EXPECT_FALSE(client().nextWithin(1200ms));
        visitor.send(get(host("shop"), "/third")); // pipelined, while the relay watches
        EXPECT_FALSE(client().nextWithin(300ms)) << "one after the other";
        client().respond(second, 200, "second");
        EXPECT_EQ(visitor.readResponse().body, "second");
        const auto third = client().expectRequest();
        EXPECT_EQ(third.head.uri, "/third");
        client().respond(third.stream, 200, "third");
        EXPECT_EQ(visitor.readResponse().body, "third");
    }
}

TEST_F(VisitorExchangeFailureTest, AVisitorThatLeavesAfterASlowUploadCancelsItsRequest)
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

TEST_F(VisitorExchangeFailureTest, AVisitorThatLeavesInTheMiddleOfAStreamCancelsIt)
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

TEST_F(VisitorExchangeFailureTest, AHalfClosedVisitorThatWantsNoMoreGetsItsAnswer)
{
    for (const bool tls : {false, true}) {
        startServing(tls ? tlsConfig() : quietConfig());
        RawVisitor visitor(port(), {.tls = tls});
        const auto stream = ask(visitor, "Connection: close\r\n").stream;
        visitor.finishSending();
        EXPECT_FALSE(client().nextWithin(1500ms)) << "longer than the relay waits before it looks after its visitor";
        client().respond(stream, 200, "answer");
        EXPECT_EQ(visitor.readResponse().body, "answer");
        EXPECT_TRUE(visitor.atEnd()) << "with a close_notify over TLS";
    }
}

TEST_F(VisitorExchangeFailureTest, AnAnswerBeforeTheEndOfTheUploadIsReadable)
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

TEST_F(VisitorExchangeFailureTest, AnUploadThatEndsAfterItsAnswerKeepsTheConnection)
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

TEST_F(VisitorExchangeFailureTest, ABodyOverTheLimitIsRefusedWhileItIsRead)
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

TEST_F(VisitorExchangeFailureTest, AHeadThatDoesNotComeIsTimedOut)
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

TEST_F(VisitorExchangeFailureTest, ALongUploadIsNoLateAnswer)
{
    auto config = quietConfig();
    config.timeouts.responseHead = 1s;
    startServing(config);
    RawVisitor visitor(port());
    const auto stream = startUpload(visitor).stream;
    trickle(visitor, 2500ms);
    visitor.send("0\r\n\r\n");
    (void)client().expect(FrameKind::End);
    client().respond(stream, 200, "got it all");
    EXPECT_EQ(visitor.readResponse().body, "got it all");
}

TEST_F(VisitorExchangeFailureTest, AnAnswerMayTakeItsTimeOnceItsHeadIsThere)
{
    auto config = quietConfig();
    config.timeouts.responseHead = 1s;
    startServing(config);
    RawVisitor visitor(port());
    const auto stream = ask(visitor).stream;
    client().sendHead(stream, streamedHead(200));
    EXPECT_FALSE(client().nextWithin(2s));
    client().sendData(stream, "late");
    client().sendEnd(stream);
    EXPECT_EQ(visitor.readResponse().body, "late");
}

TEST_F(VisitorExchangeFailureTest, ABodyThatStopsComingIsTimedOut)
{
    auto config = quietConfig();
    config.timeouts.bodyRead = 300ms;
    startServing(config);
    RawVisitor visitor(port());
    const auto stream = startUpload(visitor).stream;
    EXPECT_EQ(client().expectReset(stream).code, Code::Timeout);
    const auto answer = visitor.readResponse();
    EXPECT_EQ(answer.status(), 408U) << "the visitor's fault, not the service's";
    EXPECT_EQ(errorCode(answer), "timeout");
    EXPECT_FALSE(answer.keepAlive);
    expectStillServing();
}

} // namespace
