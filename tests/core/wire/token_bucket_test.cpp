#include "wire/limits.h"
#include "wire/token_bucket.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace {

using namespace std::chrono_literals;
using wire::Rate;
using wire::TokenBucket;

const TokenBucket::Time kStart{1h};

bool tryTake(TokenBucket &bucket, TokenBucket::Time now)
{
    if (bucket.wait(now) > 0ns)
        return false;
    bucket.take(now);
    return true;
}

unsigned takeAll(TokenBucket &bucket, TokenBucket::Time now)
{
    unsigned taken = 0;
    while (tryTake(bucket, now))
        ++taken;
    return taken;
}

TEST(TokenBucket, BeginsWithItsBurst)
{
    for (const double burst : {1.0, 2.0, 100.0}) {
        TokenBucket bucket({10, burst});
        EXPECT_EQ(takeAll(bucket, kStart), burst);
    }
}

TEST(TokenBucket, TokensComeOneByOneAtItsRate)
{
    TokenBucket bucket({10, 3});
    EXPECT_EQ(takeAll(bucket, kStart), 3U);
    EXPECT_EQ(bucket.wait(kStart), 100ms);
    EXPECT_EQ(bucket.wait(kStart + 99ms), 1ms);
    EXPECT_EQ(takeAll(bucket, kStart + 100ms), 1U);
    EXPECT_EQ(takeAll(bucket, kStart + 299ms), 1U);
    EXPECT_EQ(takeAll(bucket, kStart + 1h), 3U) << "a pause gives no more than the burst";
}

TEST(TokenBucket, ARefusalTakesNothing)
{
    TokenBucket bucket({1, 1});
    bucket.take(kStart);
    for (int i = 0; i < 1000; ++i)
        EXPECT_FALSE(tryTake(bucket, kStart + 999ms));
    EXPECT_TRUE(tryTake(bucket, kStart + 1s));
}

TEST(TokenBucket, DebtIsWaitedFor)
{
    TokenBucket bucket({1000, 100});
    bucket.take(kStart, 600);
    EXPECT_EQ(bucket.wait(kStart), 501ms);
    EXPECT_FALSE(bucket.full(kStart + 599ms));
    EXPECT_TRUE(bucket.full(kStart + 600ms));
}

// However the tries fall: never more than the burst and what came since, and, when there is always a try, no less.
TEST(TokenBucket, PassesItsRateWhateverIsOffered)
{
    std::mt19937 random(7);
    for (const double perSecond : {0.5, 3.0, 50.0, 12'345.0, 1e6}) {
        TokenBucket bucket({perSecond, 5});
        std::exponential_distribution<double> gap(perSecond * 10);
        const double seconds = 2000 / perSecond;
        double at = 0;
        double passed = 0;
        while (at < seconds) {
            at += gap(random);
            passed += tryTake(bucket, kStart + std::chrono::nanoseconds(std::llround(at * 1e9))) ? 1 : 0;
        }
        EXPECT_LE(passed, 5 + 2000 + 1) << perSecond;
        EXPECT_GE(passed, 0.98 * 2000) << perSecond;
    }
}

TEST(TokenBucket, TakesTheWidestAndTheNarrowestRate)
{
    TokenBucket widest({wire::kMaxTokenRate, static_cast<double>(wire::kMaxRequestBurst)});
    EXPECT_TRUE(tryTake(widest, kStart));
    TokenBucket narrowest({wire::kMinRequestRate, static_cast<double>(wire::kMaxRequestBurst)});
    for (std::uint64_t i = 0; i < wire::kMaxRequestBurst; ++i)
        ASSERT_TRUE(tryTake(narrowest, kStart)) << i;
    const auto wait = narrowest.wait(kStart);
    EXPECT_GT(wait, 59min);
    EXPECT_LE(wait, 1h);
}

} // namespace
