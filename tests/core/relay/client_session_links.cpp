// Names, and the links that serve them: a part of client_session_test.
#include "client_session_fixture.h"

namespace {

using ClientSessionLinksTest = ClientSessionTest;

TEST_F(ClientSessionLinksTest, ATakenNameIsRefused)
{
    start();
    const auto first = serve("shop");
    const auto second = connect();
    second->sendControl(readyFor("shop", "another session"));
    expectRefusal(*second, Code::NameTaken, kPolicy);
    expectServedBy(*first, "shop");
}

TEST_F(ClientSessionLinksTest, ABadNameIsRefused)
{
    start();
    const auto client = connect();
    client->sendControl(readyFor("Not A Name"));
    expectRefusal(*client, Code::InvalidRequest, kPolicy);
}

TEST_F(ClientSessionLinksTest, TakeoverEvictsTheFormerClient)
{
    startWithToken();
    const auto first = serve("shop", {.token = kToken});
    const auto stranger = connect("another-token-of-somebody");
    auto takeover = readyFor("shop", "another session");
    takeover.takeover = true;
    stranger->sendControl(takeover);
    expectRefusal(*stranger, Code::NameTaken, kPolicy);

    const auto second = connect(kToken);
    EXPECT_EQ(second->start(takeover).tunnelId, "shop");
    expectRefusal(*first, Code::NameTaken, kPolicy);
    expectServedBy(*second, "shop");
}

TEST_F(ClientSessionLinksTest, AReconnectTakesTheSameName)
{
    startWithToken();
    serve("shop", {.token = kToken})->socket().reset();
    ASSERT_TRUE(eventually([&] { return ask(get(host("shop"), "/", "Connection: close\r\n")).status() == 404; }));
    const auto stranger = connect("another-token-of-somebody");
    stranger->sendControl(readyFor("shop", "s2"));
    expectRefusal(*stranger, Code::NameTaken, kPolicy);
    const auto back = serve("shop", {.token = kToken});
    expectServedBy(*back, "shop");
}

TEST_F(ClientSessionLinksTest, RequestsGoToTheLinkWithTheFewest)
{
    start();
    const auto first = serve("shop");
    auto joining = readyFor("shop");
    joining.links = 1;
    TestClient second(port());
    EXPECT_EQ(second.start(joining).tunnelId, "shop");

    RawVisitor one(port());
    RawVisitor two(port());
    one.send(get(host("shop"), "/one"));
    const auto onFirst = first->expectRequest();
    two.send(get(host("shop"), "/two"));
    const auto onSecond = second.expectRequest();
    EXPECT_EQ(onFirst.head.uri, "/one");
    EXPECT_EQ(onSecond.head.uri, "/two");
    second.respond(onSecond.stream, 200, "second");
    first->respond(onFirst.stream, 200, "first");
    EXPECT_EQ(one.readResponse().body, "first");
    EXPECT_EQ(two.readResponse().body, "second");
}

TEST_F(ClientSessionLinksTest, ALostLinkFailsItsOwnStreamsOnly)
{
    start();
    const auto first = serve("shop");
    auto joining = readyFor("shop");
    joining.links = 1;
    TestClient second(port());
    (void)second.start(joining);
    RawVisitor one(port());
    RawVisitor two(port());
    one.send(get(host("shop"), "/one"));
    (void)first->expectRequest();
    two.send(get(host("shop"), "/two"));
    const auto survivor = second.expectRequest();
    first->socket().reset();
    EXPECT_EQ(errorCode(one.readResponse()), "connection_lost");
    second.respond(survivor.stream, 200, "second");
    EXPECT_EQ(two.readResponse().body, "second");
    expectServedBy(second, "shop");
}

TEST_F(ClientSessionLinksTest, AClientWithoutOtherLinksReplacesItsStaleOnes)
{
    start();
    const auto stale = serve("shop");
    const auto fresh = serve("shop"); // the same session, links: 0
    expectRefusal(*stale, Code::ConnectionLost, kPolicy);
    expectServedBy(*fresh, "shop");
}

TEST_F(ClientSessionLinksTest, ADrainingLinkGetsNoNewStreamsAndClosesAfterItsLast)
{
    start();
    const auto first = serve("shop");
    RawVisitor slow(port());
    slow.send(get(host("shop"), "/slow"));
    const auto request = first->expectRequest();

    auto joining = readyFor("shop");
    joining.links = 1;
    TestClient second(port());
    (void)second.start(joining);
    first->sendControl(wire::Draining{"moving to another network"});
    first->sendControl(wire::Ping{}); // its answer says that the relay has read both
    (void)first->expectControl<wire::Pong>();
    for (int i = 0; i < 3; ++i)
        expectServedBy(second, "shop");

    first->respond(request.stream, 200, "slow");
    EXPECT_EQ(slow.readResponse().body, "slow");
    EXPECT_EQ(first->expectClose(), kGoingAway);
}

TEST_F(ClientSessionLinksTest, AnIdleDrainingLinkClosesAtOnce)
{
    start();
    const auto client = serve("shop");
    client->sendControl(wire::Draining{"bye"});
    EXPECT_EQ(client->expectClose(), kGoingAway);
}

TEST_F(ClientSessionLinksTest, VisitorsOfATunnelWhoseOnlyLinkDrainsComeBackLater)
{
    start();
    const auto client = serve("shop");
    RawVisitor slow(port());
    slow.send(get(host("shop"), "/slow"));
    const auto request = client->expectRequest();
    client->sendControl(wire::Draining{"moving to another network"});
    client->sendControl(wire::Ping{}); // its answer says that the relay has read both
    (void)client->expectControl<wire::Pong>();
    const auto refused = ask(get(host("shop"), "/"));
    EXPECT_EQ(refused.status(), 503U);
    EXPECT_EQ(errorCode(refused), "connection_lost");
    EXPECT_EQ(refused.header("Retry-After"), std::to_string(wire::kRetryAfter.count()));
    client->respond(request.stream, 200, "slow");
    EXPECT_EQ(slow.readResponse().body, "slow");
}

TEST_F(ClientSessionLinksTest, AStoppingRelayTellsItsClients)
{
    start();
    const auto idle = serve("idle");
    const auto busy = serve("busy");
    RawVisitor visitor(port());
    visitor.send(get(host("busy"), "/"));
    const auto request = busy->expectRequest();
    relay().stop();
    EXPECT_FALSE(idle->expectControl<wire::Draining>().reason.empty());
    EXPECT_EQ(idle->expectClose(), kGoingAway);
    (void)busy->expectControl<wire::Draining>();
    busy->respond(request.stream, 200, "last");
    EXPECT_EQ(visitor.readResponse().body, "last");
    EXPECT_EQ(busy->expectClose(), kGoingAway);
    EXPECT_TRUE(relay().ended(kBound));
}

} // namespace
