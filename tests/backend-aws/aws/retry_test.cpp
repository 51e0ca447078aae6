#include "aws/retry.h"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;

constexpr aws::RetryRule kRule{.tries = 4, .base = 40ms, .cap = 100ms};

TEST(RetryPause, GrowsToItsCapWithFullJitter)
{
    EXPECT_EQ(aws::retryPause(kRule, 1, 0.5, 10s), 40ms);
    EXPECT_EQ(aws::retryPause(kRule, 1, 0.0, 10s), 0ms);
    EXPECT_EQ(aws::retryPause(kRule, 2, 0.5, 10s), 50ms); // capped: of 160 ms
    EXPECT_LT(aws::retryPause(kRule, 3, 0.999, 10s), 100ms);
}

TEST(RetryPause, EndsAfterItsTries)
{
    EXPECT_TRUE(aws::retryPause(kRule, 3, 0.5, 10s));
    EXPECT_FALSE(aws::retryPause(kRule, 4, 0.5, 10s));
    EXPECT_EQ(aws::retryPause({.tries = 100, .base = 40ms, .cap = 1s}, 80, 0.5, 10s), 500ms);
}

TEST(RetryPause, NeverPassesTheDeadline)
{
    EXPECT_FALSE(aws::retryPause(kRule, 1, 0.5, 40ms));
    EXPECT_TRUE(aws::retryPause(kRule, 1, 0.5, 41ms));
    EXPECT_FALSE(aws::retryPause(kRule, 1, 0.0, 0ms));
}

} // namespace
