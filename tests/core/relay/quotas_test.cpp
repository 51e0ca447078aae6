#include "relay/quotas.h"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using edge::QuotaUse;
using relay::Grant;
using relay::LimitConfig;
using relay::Quotas;
using relay::TunnelQuotas;
using wire::Rate;

const wire::SteadyTime kStart{1h};

Grant grantOf(const std::string &identity, std::optional<double> rate = {})
{
    if (!rate)
        return {identity, nullptr};
    edge::JwtClaims claims{.subject = identity};
    claims.rate = rate;
    return {identity, std::make_shared<const edge::JwtClaims>(claims)};
}

unsigned pass(const TunnelQuotas &quotas, wire::SteadyTime now = kStart)
{
    unsigned passed = 0;
    while (passed < 1000 && !quotas.requests.check(now)) {
        const QuotaUse use(quotas.requests, now);
        ++passed;
    }
    return passed;
}

LimitConfig rates(std::optional<Rate> relay, std::optional<Rate> token, std::optional<Rate> tunnel)
{
    LimitConfig limits;
    limits.relay.requests = relay;
    limits.token.requests = token;
    limits.tunnel.requests = tunnel;
    return limits;
}

TEST(Quotas, ByDefaultThereAreNone)
{
    Quotas quotas({});
    const auto shop = quotas.of("shop", grantOf("alice"));
    EXPECT_EQ(pass(shop), 1000U);
    EXPECT_FALSE(shop.upload || shop.download);
    EXPECT_EQ(quotas.kept(), 0U);
}

TEST(Quotas, EachTunnelHasItsOwnForAllItsLinks)
{
    Quotas quotas(rates({}, {}, Rate{1, 5}));
    EXPECT_EQ(pass(quotas.of("shop", grantOf("alice"))), 5U);
    EXPECT_EQ(pass(quotas.of("shop", grantOf("alice"))), 0U) << "another link, or the same client again";
    EXPECT_EQ(pass(quotas.of("blog", grantOf("alice"))), 5U);
}

TEST(Quotas, TunnelsOfOneOwnerShareTheTokens)
{
    Quotas quotas(rates({}, Rate{1, 5}, {}));
    EXPECT_EQ(pass(quotas.of("shop", grantOf("alice"))), 5U);
    EXPECT_EQ(pass(quotas.of("blog", grantOf("alice"))), 0U);
    EXPECT_EQ(pass(quotas.of("other", grantOf("bob"))), 5U);
    EXPECT_EQ(pass(quotas.of("open", grantOf(""))), 1000U) << "nobody in particular has no token";
}

TEST(Quotas, TheRelaysIsEverybodys)
{
    Quotas quotas(rates(Rate{1, 5}, {}, {}));
    EXPECT_EQ(pass(quotas.of("shop", grantOf("alice"))), 5U);
    EXPECT_EQ(pass(quotas.of("other", grantOf("bob"))), 0U);
}

TEST(Quotas, ATokensOwnRateNarrowsAndNeverWidens)
{
    Quotas quotas(rates({}, Rate{10, 10}, {}));
    EXPECT_EQ(pass(quotas.of("shop", grantOf("alice", 3))), 3U);
    EXPECT_EQ(pass(quotas.of("blog", grantOf("alice", 3))), 0U) << "shared by tokens of this rate";
    EXPECT_EQ(pass(quotas.of("third", grantOf("alice", 50))), 7U) << "what is left of the configured one";
    Quotas unlimited({});
    EXPECT_EQ(pass(unlimited.of("shop", grantOf("alice", 3))), 3U);
    EXPECT_EQ(pass(unlimited.of("slow", grantOf("bob", 0.0001))), 1U);
}

TEST(Quotas, AreKeptWhileTheySaySomething)
{
    Quotas quotas(rates({}, {}, Rate{1, 5}));
    {
        const auto shop = quotas.of("shop", grantOf("alice"));
        quotas.sweep(kStart);
        EXPECT_EQ(quotas.kept(), 1U) << "in use";
        EXPECT_EQ(pass(shop), 5U);
    }
    quotas.sweep(kStart + 4s);
    EXPECT_EQ(pass(quotas.of("shop", grantOf("alice")), kStart + 4s), 4U) << "connecting again gives no new one";
    quotas.sweep(kStart + 10s);
    EXPECT_EQ(quotas.kept(), 0U);
}

TEST(Quotas, BandwidthIsTheTunnels)
{
    LimitConfig limits;
    limits.uploadBytesPerSecond = 1000;
    Quotas quotas(limits);
    const auto shop = quotas.of("shop", grantOf(""));
    ASSERT_TRUE(shop.upload);
    EXPECT_FALSE(shop.download);
    EXPECT_EQ(quotas.of("shop", grantOf("")).upload, shop.upload);
    EXPECT_NE(quotas.of("blog", grantOf("")).upload, shop.upload);
    quotas.sweep(kStart);
    EXPECT_EQ(quotas.kept(), 1U);
}

TEST(ToldLimits, AreTheNarrowestOfAll)
{
    relay::Config config;
    config.limits = rates(Rate{100, 200}, Rate{0.5, 3}, Rate{50, 50});
    config.limits.tunnel.maxInFlight = 20;
    config.limits.token.maxInFlight = 30;
    config.limits.downloadBytesPerSecond = 5000;
    Quotas quotas(config.limits);
    const auto told = toldLimits(config, quotas.of("shop", grantOf("alice")), 77);
    wire::Limits expected{.maxBodyBytes = 77, .maxMessageBytes = wire::kMaxMessageBytes, .requestTimeoutMs = 120'000};
    expected.requestsPerHour = 1800;
    expected.requestBurst = 3;
    expected.maxRequests = 20;
    expected.downloadBytesPerSecond = 5000;
    EXPECT_EQ(told, expected);
}

} // namespace
