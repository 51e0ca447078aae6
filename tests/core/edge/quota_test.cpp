#include "edge/quota.h"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using edge::Quota;
using edge::QuotaKind;
using edge::QuotaLimits;
using edge::QuotaScope;
using edge::QuotaSet;
using edge::QuotaUse;
using wire::Rate;
using wire::TokenBucket;

const TokenBucket::Time kStart{1h};

std::shared_ptr<Quota> quota(QuotaScope scope, const QuotaLimits &limits)
{
    return std::make_shared<Quota>(scope, limits);
}

// Requests that are over at once.
unsigned pass(const QuotaSet &set, TokenBucket::Time now)
{
    unsigned passed = 0;
    while (passed < 1000 && !set.check(now)) {
        const QuotaUse use(set, now);
        ++passed;
    }
    return passed;
}

TEST(QuotaSet, WithoutQuotasEverythingPasses)
{
    const QuotaSet none;
    EXPECT_EQ(pass(none, kStart), 1000U);
    EXPECT_EQ(none.limits(), QuotaLimits{});
}

TEST(QuotaSet, TheNarrowestRateCounts)
{
    QuotaSet set;
    set.add(quota(QuotaScope::Relay, {.requests = Rate{100, 100}}));
    set.add(quota(QuotaScope::Tunnel, {.requests = Rate{2, 4}}));
    EXPECT_EQ(pass(set, kStart), 4U);
    const auto refusal = set.check(kStart);
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->scope, QuotaScope::Tunnel);
    EXPECT_EQ(refusal->kind, QuotaKind::Rate);
    EXPECT_EQ(refusal->wait, 500ms);
    EXPECT_EQ(set.limits().requests, (Rate{2, 4}));
}

TEST(QuotaSet, ARefusedRequestTakesNothingFromOthers)
{
    const auto all = quota(QuotaScope::Relay, {.requests = Rate{1, 10}});
    QuotaSet narrow;
    narrow.add(all);
    narrow.add(quota(QuotaScope::Tunnel, {.requests = Rate{1, 1}}));
    QuotaSet other;
    other.add(all);
    EXPECT_EQ(pass(narrow, kStart), 1U);
    for (int i = 0; i < 100; ++i)
        EXPECT_TRUE(narrow.check(kStart));
    EXPECT_EQ(pass(other, kStart), 9U);
}

TEST(QuotaSet, TheLongestWaitIsTold)
{
    QuotaSet set;
    set.add(quota(QuotaScope::Token, {.requests = Rate{0.1, 1}}));
    set.add(quota(QuotaScope::Tunnel, {.requests = Rate{10, 1}}));
    EXPECT_EQ(pass(set, kStart), 1U);
    EXPECT_EQ(set.check(kStart)->wait, 10s);
    EXPECT_EQ(limitName(*set.check(kStart)), "token_rate");
}

TEST(QuotaSet, RequestsInFlightAreCountedUntilTheirEnd)
{
    QuotaSet set;
    set.add(quota(QuotaScope::Token, {.maxInFlight = 2}));
    set.add(quota(QuotaScope::Tunnel, {.maxInFlight = 3}));
    EXPECT_EQ(set.limits().maxInFlight, 2U);
    const QuotaUse first(set, kStart);
    {
        const QuotaUse second(set, kStart);
        const auto refusal = set.check(kStart);
        ASSERT_TRUE(refusal);
        EXPECT_EQ(refusal->kind, QuotaKind::InFlight);
        EXPECT_EQ(limitName(*refusal), "token_in_flight");
    }
    EXPECT_FALSE(set.check(kStart));
}

TEST(Quota, IsIdleWhenItSaysNothingMore)
{
    const auto both = quota(QuotaScope::Tunnel, {.requests = Rate{10, 1}, .maxInFlight = 1});
    QuotaSet set;
    set.add(both);
    EXPECT_TRUE(both->idle(kStart));
    {
        const QuotaUse use(set, kStart);
        EXPECT_FALSE(both->idle(kStart + 1h));
    }
    EXPECT_FALSE(both->idle(kStart));
    EXPECT_TRUE(both->idle(kStart + 100ms));
}

TEST(QuotaRefusal, HasANameAndASentenceForEachKind)
{
    for (const auto kind : {QuotaKind::Rate, QuotaKind::InFlight}) {
        for (const auto scope : {QuotaScope::Relay, QuotaScope::Token, QuotaScope::Tunnel}) {
            const edge::QuotaRefusal refusal{scope, kind};
            EXPECT_EQ(limitName(refusal).ends_with(kind == QuotaKind::Rate ? "_rate" : "_in_flight"), true);
            EXPECT_TRUE(refusalSentence(refusal).starts_with("This ")) << refusalSentence(refusal);
            EXPECT_TRUE(refusalSentence(refusal).ends_with("."));
        }
    }
    EXPECT_EQ(edge::limitName({QuotaScope::Relay, QuotaKind::Rate}), "relay_rate");
    EXPECT_EQ(edge::limitName({QuotaScope::Tunnel, QuotaKind::InFlight}), "tunnel_in_flight");
}

} // namespace
