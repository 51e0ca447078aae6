#include "backend-aws/functions/memory_world.h"

#include <gmock/gmock.h>

namespace {

class SweepTest : public testing::Test {
protected:
    support::MemoryWorld m_world;
    functions::LinkMessages m_messages{m_world.world, m_world.socketPorts()};
    functions::Sweep m_sweep{m_world.world, m_world.socketPorts(), m_messages};
};

TEST_F(SweepTest, EndsEveryLinkWhoseTimeIsOver)
{
    m_world.addTunnel("shop", {"a", "b", "c", "d", "e"});
    m_world.addTunnel("other", {"z"});
    for (auto &[id, row] : m_world.links.rows) {
        if (id != "z")
            row.link.ends = m_world.clock.now - std::chrono::seconds(1);
    }
    m_sweep.run(m_world.deadline());
    EXPECT_EQ(m_world.links.rows.size(), 1U); // over several pages
    EXPECT_EQ(m_world.links.counted, 1);
    EXPECT_TRUE(m_world.names.rows["shop"].links.empty());
    EXPECT_FALSE(m_world.names.rows["other"].links.empty());
    EXPECT_THAT(m_world.logText, testing::HasSubstr("\"links\":5,\"reply_channels\":3"));
}

TEST_F(SweepTest, StopsInTime)
{
    m_world.addTunnel("shop", {"a"});
    m_world.links.rows["a"].link.ends = m_world.clock.now - std::chrono::seconds(1);
    m_sweep.run(m_world.clock.now + std::chrono::seconds(1)); // less than the margin
    EXPECT_EQ(m_world.links.rows.size(), 1U);
    EXPECT_EQ(m_world.links.counted, std::nullopt); // it has not seen all
}

} // namespace
