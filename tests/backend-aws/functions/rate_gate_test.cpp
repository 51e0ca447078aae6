#include "backend-aws/functions/memory_world.h"
#include "functions/rate_gate.h"

#include <gmock/gmock.h>

namespace {

class RateGateTest : public testing::Test {
protected:
    int passed(int requests)
    {
        int count = 0;
        for (int i = 0; i < requests; ++i)
            count += m_gate.allows(m_tunnel, m_settings, m_world.deadline()) ? 1 : 0;
        return count;
    }

    support::MemoryWorld m_world;
    functions::RateGate m_gate{m_world.world, m_world.rates};
    gateway::Reservation m_tunnel{.name = "shop"};
    gateway::SecuritySettings m_settings{.maxRequestsPerMinute = 20};
};

TEST_F(RateGateTest, LimitOfTheSettings)
{
    EXPECT_EQ(passed(30), 20);
    m_world.rates.total = 0;
    m_world.clock.now += std::chrono::minutes(1);
    EXPECT_EQ(passed(30), 20);
}

TEST_F(RateGateTest, LimitOfTheToken)
{
    m_tunnel.requestsPerMinute = 5;
    EXPECT_EQ(passed(30), 5);
}

TEST_F(RateGateTest, TokenCannotRaiseIt)
{
    m_tunnel.requestsPerMinute = 5000;
    EXPECT_EQ(passed(30), 20);
}

TEST_F(RateGateTest, OffCountsNothing)
{
    m_settings.rateLimiting = false;
    EXPECT_EQ(passed(30), 30);
    EXPECT_EQ(m_world.rates.writes, 0U);
}

TEST_F(RateGateTest, PassesWhatCannotBeCounted)
{
    m_world.rates.down = wire::Code::Timeout;
    EXPECT_EQ(passed(30), 30);
    EXPECT_THAT(m_world.logText, testing::HasSubstr("rate_not_counted"));
}

} // namespace
