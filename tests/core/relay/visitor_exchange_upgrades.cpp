// Exchanges that become something else than HTTP: a part of visitor_exchange_test.
#include "visitor_exchange_fixture.h"

namespace {

using VisitorExchangeUpgradeTest = VisitorExchangeTest;

TEST_F(VisitorExchangeUpgradeTest, AnUpgradeCarriesBytesBothWaysAndHalfCloses)
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

TEST_F(VisitorExchangeUpgradeTest, TheServiceMayHalfCloseAnUpgradeFirst)
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

TEST_F(VisitorExchangeUpgradeTest, AnUpgradeMayBeDeclined)
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

TEST_F(VisitorExchangeUpgradeTest, AnUpgradeThatNobodyAskedForIsRefused)
{
    startServing();
    RawVisitor visitor(port());
    const auto request = ask(visitor);
    client().sendHead(request.stream, emptyHead(101));
    EXPECT_EQ(client().expectReset(request.stream).code, Code::ProtocolError);
    EXPECT_EQ(visitor.readResponse().status(), 502U);
}

TEST_F(VisitorExchangeUpgradeTest, ASilentUpgradeIsEndedAndABusyOneIsNot)
{
    auto config = quietConfig();
    config.timeouts.upgradedIdle = 1s;
    startServing(config);
    RawVisitor visitor(port());
    const auto request = ask(visitor, kUpgrade);
    client().sendHead(request.stream, emptyHead(101));
    (void)visitor.readHead();
    for (const auto end = Clock::now() + 2500ms; Clock::now() < end;) { // the service talks, the visitor listens
        client().sendData(request.stream, "tick");
        ASSERT_EQ(visitor.receiveExactly(4), "tick");
    }
    EXPECT_EQ(client().expectReset(request.stream).code, Code::Cancelled);
    EXPECT_THROW((void)visitor.receive(), ConnectionReset);
}

TEST_F(VisitorExchangeUpgradeTest, AServiceSilentAfterTheVisitorsHalfCloseIsEndedAndABusyOneIsNot)
{
    auto config = quietConfig();
    config.timeouts.upgradedIdle = 1s;
    startServing(config);
    RawVisitor visitor(port());
    const auto request = ask(visitor, kUpgrade);
    client().sendHead(request.stream, emptyHead(101));
    (void)visitor.readHead();
    visitor.finishSending();
    (void)client().expect(FrameKind::End);
    for (const auto end = Clock::now() + 2500ms; Clock::now() < end;) {
        client().sendData(request.stream, "tick");
        ASSERT_EQ(visitor.receiveExactly(4), "tick");
    }
    EXPECT_EQ(client().expectReset(request.stream).code, Code::Timeout);
    EXPECT_THROW((void)visitor.receive(), ConnectionReset);
}

TEST_F(VisitorExchangeUpgradeTest, AnUpgradeAnsweredLateCarriesBytesOverTls)
{
    startServing(tlsConfig());
    RawVisitor visitor(port(), kTls);
    const auto request = ask(visitor, kUpgrade);
    EXPECT_FALSE(client().nextWithin(1200ms)) << "longer than the relay waits before it looks after its visitor";
    visitor.send("early");
    EXPECT_FALSE(client().nextWithin(300ms));
    client().sendHead(request.stream, emptyHead(101));
    EXPECT_EQ(visitor.readHead().status(), 101U);
    EXPECT_EQ(client().expect(FrameKind::Data).payload, "early");
    visitor.send("late");
    EXPECT_EQ(client().expect(FrameKind::Data).payload, "late");
    client().sendData(request.stream, "down");
    EXPECT_EQ(visitor.receiveExactly(4), "down");
}

} // namespace
