#include "relay/deadlines.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace {

using namespace std::chrono_literals;
using relay::Deadline;
using relay::Deadlines;

// A clock that the test moves; every deadline counts how often it fired.
class DeadlinesTest : public testing::Test {
protected:
    void at(std::chrono::milliseconds time) { m_clock.advance(m_start + time); }
    std::unique_ptr<Deadline> counting(int &fired)
    {
        return std::make_unique<Deadline>(m_clock, [&fired] { ++fired; });
    }

    Deadlines m_clock;
    const relay::SteadyTime m_start = m_clock.now();
};

TEST_F(DeadlinesTest, FiresOnceAndNeverEarly)
{
    int fired = 0;
    const auto deadline = counting(fired);
    deadline->arm(1000ms);
    at(250ms);
    at(999ms);
    EXPECT_EQ(fired, 0);
    at(1000ms + Deadlines::kTick);
    EXPECT_EQ(fired, 1);
    at(10s);
    EXPECT_EQ(fired, 1);
}

TEST_F(DeadlinesTest, CountsFromTheLastTick)
{
    int fired = 0;
    const auto deadline = counting(fired);
    at(5s);
    EXPECT_EQ(m_clock.now(), m_start + 5s);
    deadline->arm(1s);
    at(5999ms);
    EXPECT_EQ(fired, 0);
    at(6s + Deadlines::kTick);
    EXPECT_EQ(fired, 1);
}

TEST_F(DeadlinesTest, IsNotArmedFromTheBeginning)
{
    int fired = 0;
    const auto deadline = counting(fired);
    at(1h);
    EXPECT_EQ(fired, 0);
}

TEST_F(DeadlinesTest, ArmingAgainReplaces)
{
    int fired = 0;
    const auto deadline = counting(fired);
    deadline->arm(1s);
    deadline->arm(3s);
    at(2s);
    EXPECT_EQ(fired, 0);
    deadline->arm(0ms);
    at(2s + Deadlines::kTick);
    EXPECT_EQ(fired, 1);
    at(10s);
    EXPECT_EQ(fired, 1);
}

TEST_F(DeadlinesTest, DisarmingStopsIt)
{
    int fired = 0;
    const auto deadline = counting(fired);
    deadline->arm(1s);
    deadline->disarm();
    at(1h);
    EXPECT_EQ(fired, 0);
    deadline->arm(1s);
    at(2h);
    EXPECT_EQ(fired, 1);
}

TEST_F(DeadlinesTest, MayBeArmedAgainWhenItFires)
{
    int fired = 0;
    Deadline *self = nullptr;
    Deadline deadline(m_clock, [&] {
        ++fired;
        self->arm(1s);
    });
    self = &deadline;
    deadline.arm(1s);
    for (int second = 0; second <= 10; ++second)
        at(second * (1s + Deadlines::kTick));
    EXPECT_EQ(fired, 10);
}

TEST_F(DeadlinesTest, MayDisarmAnotherThatIsDueToo)
{
    int fired = 0;
    const auto victim = counting(fired);
    Deadline *other = victim.get();
    Deadline deadline(m_clock, [other] { other->disarm(); });
    // Whichever comes first in the list may fire; the one disarmed before its turn must not.
    deadline.arm(1s);
    victim->arm(2s);
    at(1s + Deadlines::kTick);
    at(1h);
    EXPECT_EQ(fired, 0);
}

TEST_F(DeadlinesTest, OnesThatDieLeaveTheOthersAlone)
{
    std::vector<int> fired(20);
    std::vector<std::unique_ptr<Deadline>> all;
    for (auto &count : fired) {
        all.push_back(counting(count));
        all.back()->arm(1s);
    }
    for (const std::size_t gone : {0U, 19U, 7U, 8U, 18U})
        all[gone].reset();
    at(1h);
    for (std::size_t i = 0; i < all.size(); ++i)
        EXPECT_EQ(fired[i], all[i] ? 1 : 0) << i;
}

TEST_F(DeadlinesTest, TheNextOneTakesAFreedPlace)
{
    int first = 0;
    int second = 0;
    counting(first)->arm(1s);
    const auto deadline = counting(second);
    deadline->arm(1s);
    at(1h);
    EXPECT_EQ(first, 0);
    EXPECT_EQ(second, 1);
}

} // namespace
