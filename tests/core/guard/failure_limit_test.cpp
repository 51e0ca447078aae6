#include "guard/failure_limit.h"
#include "wire/limits.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace std::chrono_literals;
const guard::FailureLimit::Time kStart{1000h};

TEST(FailureLimit, ABurstThenOneATime)
{
    guard::FailureLimit limit;
    for (unsigned i = 0; i < wire::kFailedLoginBurst; ++i)
        EXPECT_TRUE(limit.take("a", kStart));
    EXPECT_FALSE(limit.take("a", kStart));
    EXPECT_FALSE(limit.take("a", kStart + wire::kFailedLoginRefill - 1s));
    EXPECT_TRUE(limit.take("a", kStart + wire::kFailedLoginRefill));
    EXPECT_FALSE(limit.take("a", kStart + wire::kFailedLoginRefill));
    EXPECT_TRUE(limit.take("b", kStart)) << "another visitor";
}

TEST(FailureLimit, WhatWasRightIsGivenBack)
{
    guard::FailureLimit limit;
    for (unsigned i = 0; i < 10 * wire::kFailedLoginBurst; ++i) {
        EXPECT_TRUE(limit.take("a", kStart));
        limit.giveBack("a", kStart);
    }
}

TEST(FailureLimit, ManyAddressesHaveOneLimitTogether)
{
    guard::FailureLimit limit;
    for (unsigned i = 0; i < wire::kFailedLoginTunnelBurst; ++i)
        EXPECT_TRUE(limit.take(std::to_string(i), kStart));
    EXPECT_FALSE(limit.take("x", kStart));
    EXPECT_TRUE(limit.take("x", kStart + wire::kFailedLoginTunnelRefill));
}

TEST(FailureLimit, ForgetsWhoHasAllAttemptsAgain)
{
    guard::FailureLimit limit;
    auto now = kStart;
    for (std::size_t i = 0; i < 3 * wire::kMaxFailureAddresses; ++i) {
        now += wire::kFailedLoginTunnelRefill;
        EXPECT_TRUE(limit.take(std::to_string(i), now)) << i;
    }
}

} // namespace
