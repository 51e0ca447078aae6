// Requests and connections beyond a limit.
#include "support/relay_test.h"
#include "support/wait_for.h"

#include <gmock/gmock.h>

#include <stdexcept>

namespace {

using namespace std::chrono_literals;
using namespace support;
using testing::HasSubstr;
using wire::Rate;

class VisitorLimitTest : public RelayTest {
protected:
    // The relay's own answer to a request.
    Response refused(RawVisitor &visitor, const std::string &name)
    {
        visitor.send(get(host(name), "/"));
        return visitor.readResponse();
    }
    // Whether a connection of its own is let live.
    bool served()
    {
        try {
            RawVisitor visitor(port());
            visitor.send(get(host(), "/"));
            return visitor.readResponse().status() == 200U;
        } catch (const std::runtime_error &) { // closed at once
            return false;
        }
    }
    void expectServed(TestClient &client, RawVisitor &visitor, const std::string &name)
    {
        visitor.send(get(host(name), "/"));
        client.respond(client.expectRequest().stream, 200, "ok");
        EXPECT_EQ(visitor.readResponse().body, "ok");
    }
};

TEST_F(VisitorLimitTest, RequestsOverTheTunnelsRateAreTold429AndWhenToComeBack)
{
    auto config = quietConfig();
    config.limits.tunnel.requests = Rate{0.05, 2};
    start(config);
    const auto shop = serve("shop");
    const auto blog = serve("blog");
    RawVisitor visitor(port());
    expectServed(*shop, visitor, "shop");
    expectServed(*shop, visitor, "shop");
    const auto answer = refused(visitor, "shop");
    EXPECT_EQ(answer.status(), 429U);
    EXPECT_EQ(errorCode(answer), "rate_limited");
    const auto seconds = std::stoi(answer.header("Retry-After"));
    EXPECT_GE(seconds, 1);
    EXPECT_LE(seconds, 20);
    EXPECT_THAT(answer.body, HasSubstr("more requests a second"));
    EXPECT_TRUE(answer.keepAlive) << "the connection is as good as before";
    expectServed(*blog, visitor, "blog");
}

TEST_F(VisitorLimitTest, TheRelaysRateIsForAllTunnels)
{
    auto config = quietConfig();
    config.limits.relay.requests = Rate{0.01, 1};
    start(config);
    const auto shop = serve("shop");
    const auto blog = serve("blog");
    RawVisitor visitor(port());
    expectServed(*shop, visitor, "shop");
    EXPECT_EQ(refused(visitor, "blog").status(), 429U);
    EXPECT_EQ(refused(visitor, "nobody").status(), 404U);
}

TEST_F(VisitorLimitTest, RequestsComeBackAtTheRate)
{
    auto config = quietConfig();
    config.limits.tunnel.requests = Rate{20, 1};
    start(config);
    const auto shop = serve("shop");
    RawVisitor visitor(port());
    for (int i = 0; i < 3; ++i) {
        expectServed(*shop, visitor, "shop");
        EXPECT_TRUE(shop->nextWithin(60ms) == std::nullopt) << "time for one more token";
    }
}

TEST_F(VisitorLimitTest, RequestsInFlightAreLimitedUntilTheyEnd)
{
    auto config = quietConfig();
    config.limits.tunnel.maxInFlight = 1;
    start(config);
    const auto shop = serve("shop");
    RawVisitor first(port());
    first.send(get(host("shop"), "/"));
    const auto stream = shop->expectRequest().stream;
    RawVisitor second(port());
    const auto answer = refused(second, "shop");
    EXPECT_EQ(answer.status(), 429U);
    EXPECT_THAT(answer.body, HasSubstr("in flight"));
    EXPECT_EQ(answer.header("Retry-After"), std::to_string(wire::kRetryAfter.count()));
    shop->respond(stream, 200, "ok");
    EXPECT_EQ(first.readResponse().body, "ok");
    expectServed(*shop, second, "shop");
}

TEST_F(VisitorLimitTest, TheBodyOfARefusedRequestIsReadAway)
{
    auto config = quietConfig();
    config.limits.tunnel.requests = Rate{0.01, 1};
    start(config);
    const auto shop = serve("shop");
    RawVisitor visitor(port());
    expectServed(*shop, visitor, "shop");
    visitor.send(post(host("shop"), "/", std::string(100'000, 'x')));
    EXPECT_EQ(visitor.readResponse().status(), 429U);
    EXPECT_TRUE(visitor.atEnd());
}

TEST_F(VisitorLimitTest, AnAddressHasSoManyConnections)
{
    auto config = quietConfig();
    config.limits.maxConnectionsPerAddress = 2;
    start(config);
    RawVisitor first(port());
    {
        RawVisitor second(port());
        second.send(get(host(), "/"));
        EXPECT_EQ(second.readResponse().status(), 200U);
        EXPECT_FALSE(served());
    }
    EXPECT_TRUE(eventually([this] { return served(); })) << "those that have gone make room";
    first.send(get(host(), "/"));
    EXPECT_EQ(first.readResponse().status(), 200U);
}

TEST_F(VisitorLimitTest, ALinkIsNoVisitorsConnection)
{
    auto config = quietConfig();
    config.limits.maxConnectionsPerAddress = 1;
    start(config);
    const auto shop = serve("shop");
    const auto blog = serve("blog");
    RawVisitor visitor(port());
    expectServed(*shop, visitor, "shop");
}

TEST_F(VisitorLimitTest, ATrustedProxyHasAnyNumber)
{
    auto config = quietConfig();
    config.limits.maxConnectionsPerAddress = 1;
    config.proxy.trusted = {*wire::Cidr::parse("127.0.0.0/8")};
    start(config);
    RawVisitor first(port());
    RawVisitor second(port());
    second.send(get(host(), "/"));
    EXPECT_EQ(second.readResponse().status(), 200U);
}

TEST_F(VisitorLimitTest, AConnectionThatNeverAsksIsClosedSoonerThanAnIdleOne)
{
    auto config = quietConfig();
    config.timeouts.head = 200ms;
    config.timeouts.keepAlive = 1h;
    start(config);
    RawVisitor silent(port());
    RawVisitor idle(port());
    idle.send(get(host(), "/"));
    EXPECT_EQ(idle.readResponse().status(), 200U);
    EXPECT_TRUE(silent.atEnd());
    idle.send(get(host(), "/"));
    EXPECT_EQ(idle.readResponse().status(), 200U);
}

} // namespace
