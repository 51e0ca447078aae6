#include "gateway/rate_lease.h"

#include <gtest/gtest.h>

#include <map>

namespace {

using gateway::RateLeases;
using Step = RateLeases::Step;

// The count that all environments share.
struct Count {
    std::int64_t total = 0;
    unsigned writes = 0;

    bool take(std::int64_t count, std::int64_t limit)
    {
        ++writes;
        if (total + count > limit)
            return false;
        total += count;
        return true;
    }
};

bool passes(RateLeases &leases, Count &count, std::int64_t limit, std::int64_t minute = 1)
{
    for (;;) {
        const auto decision = leases.next("shop", minute, limit);
        if (decision.step != Step::Ask)
            return decision.step == Step::Pass;
        if (count.take(decision.count, limit))
            leases.taken("shop", decision.count);
        else
            leases.refused("shop", decision.count);
    }
}

TEST(RateLeases, ExactForOneEnvironment)
{
    for (const std::int64_t limit : {1, 7, 100, 1000}) {
        RateLeases leases;
        Count count;
        std::int64_t passed = 0;
        for (std::int64_t i = 0; i < 2 * limit; ++i)
            passed += passes(leases, count, limit) ? 1 : 0;
        EXPECT_EQ(passed, limit);
        EXPECT_EQ(count.total, limit);
    }
}

TEST(RateLeases, FewRequestsCostAWrite)
{
    RateLeases leases;
    Count count;
    for (int i = 0; i < 900; ++i)
        EXPECT_TRUE(passes(leases, count, 1000));
    EXPECT_LE(count.writes, 25U);
}

TEST(RateLeases, RefusesWithoutAsking)
{
    RateLeases leases;
    Count count{.total = 1000, .writes = 0};
    EXPECT_FALSE(passes(leases, count, 1000));
    EXPECT_EQ(count.writes, 4U); // ten, five, two, one
    EXPECT_FALSE(passes(leases, count, 1000));
    EXPECT_EQ(count.writes, 4U);
}

TEST(RateLeases, NeverMoreThanTheLimitOverManyEnvironments)
{
    std::map<int, RateLeases> environments;
    Count count;
    std::int64_t passed = 0;
    for (int i = 0; i < 5000; ++i)
        passed += passes(environments[i % 20], count, 1000) ? 1 : 0;
    EXPECT_EQ(passed, 1000);
}

TEST(RateLeases, EachMinuteBeginsAnew)
{
    RateLeases leases;
    Count first;
    while (passes(leases, first, 10, 1)) {
    }
    Count second;
    EXPECT_TRUE(passes(leases, second, 10, 2));
}

} // namespace
