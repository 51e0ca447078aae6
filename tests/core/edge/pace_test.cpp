#include "edge/pace.h"
#include "wire/limits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace {

using namespace std::chrono_literals;
using edge::Pace;
using Time = wire::TokenBucket::Time;

const Time kStart{1h};

// Movers that always have something, each waiting as long as it is told; bytes moved in so long.
std::uint64_t moved(Pace &pace, std::size_t movers, std::chrono::nanoseconds time)
{
    std::vector<Time> free(movers, kStart);
    std::uint64_t bytes = 0;
    for (;;) {
        const auto next = std::ranges::min_element(free);
        if (*next >= kStart + time)
            return bytes;
        bytes += pace.piece();
        *next += pace.onMoved(pace.piece(), *next);
    }
}

TEST(Pace, LetsPassWhatItSaysForOneAndForMany)
{
    for (const std::uint64_t rate : {1024ULL, 100'000ULL, 5'000'000ULL, 300'000'000ULL}) {
        for (const std::size_t movers : {1U, 7U}) {
            Pace pace(rate);
            const auto expected = static_cast<double>(rate) * 10;
            const auto begun = static_cast<double>((movers + 1) * pace.piece()); // each has one before it waits
            EXPECT_LE(static_cast<double>(moved(pace, movers, 10s)), expected + begun) << rate << " " << movers;
            Pace again(rate);
            EXPECT_GE(static_cast<double>(moved(again, movers, 10s)), 0.99 * expected) << rate << " " << movers;
        }
    }
}

TEST(Pace, MovesPiecesThatComeEvenly)
{
    EXPECT_EQ(Pace(1024).piece(), wire::kMinPacedBytes);
    EXPECT_EQ(Pace(200'000).piece(), 10'000U);
    EXPECT_EQ(Pace(1'000'000'000).piece(), wire::kMaxDataBytes);
}

TEST(Pace, LetsASingleSmallAnswerPassAtOnce)
{
    Pace pace(100'000);
    EXPECT_TRUE(pace.idle(kStart));
    EXPECT_EQ(pace.onMoved(1000, kStart), 0ns);
    EXPECT_FALSE(pace.idle(kStart));
    EXPECT_TRUE(pace.idle(kStart + 10ms));
}

} // namespace
