#include "schedule.h"

#include <gtest/gtest.h>

using load::Schedule;
using load::SteadyTime;
using namespace std::chrono_literals;

namespace {

const SteadyTime kStart{1h};

int takeAll(Schedule &schedule, SteadyTime now)
{
    int count = 0;
    SteadyTime due;
    while (schedule.take(now, due))
        ++count;
    return count;
}

} // namespace

TEST(Schedule, SpacesEventsEvenly)
{
    const Schedule schedule(kStart, 1000, 100);
    EXPECT_EQ(schedule.due(0), kStart);
    EXPECT_EQ(schedule.due(1), kStart + 1ms);
    EXPECT_EQ(schedule.due(5000), kStart + 5s);
}

TEST(Schedule, GivesWhatIsDueAndNoMore)
{
    Schedule schedule(kStart, 100, 1000);
    EXPECT_EQ(takeAll(schedule, kStart - 1ms), 0);
    EXPECT_EQ(takeAll(schedule, kStart), 1);
    EXPECT_EQ(takeAll(schedule, kStart + 99ms), 9);
    EXPECT_EQ(takeAll(schedule, kStart + 1s), 91);
}

TEST(Schedule, AStallOmitsNothingAndKeepsTheDueTimes)
{
    Schedule schedule(kStart, 100, 1000);
    (void)takeAll(schedule, kStart);
    SteadyTime due;
    ASSERT_TRUE(schedule.take(kStart + 5s, due));
    EXPECT_EQ(due, kStart + 10ms);
    EXPECT_EQ(takeAll(schedule, kStart + 5s), 499);
}

TEST(Schedule, EndsAfterItsTotal)
{
    Schedule schedule(kStart, 10, 3);
    EXPECT_FALSE(schedule.done());
    EXPECT_EQ(takeAll(schedule, kStart + 1h), 3);
    EXPECT_TRUE(schedule.done());
}

TEST(Schedule, DoesNotDriftOverAnHour)
{
    const Schedule schedule(kStart, 3000, 10'800'000);
    const auto last = schedule.due(10'800'000) - kStart;
    EXPECT_LT(std::chrono::abs(last - 1h), 1us);
}
