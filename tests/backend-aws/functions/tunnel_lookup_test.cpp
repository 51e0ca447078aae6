#include "backend-aws/functions/memory_world.h"
#include "wire/limits.h"

#include <gmock/gmock.h>

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class TunnelLookupTest : public testing::Test {
protected:
    auto find(bool fromMemory = true) { return m_lookup.find("shop", fromMemory, m_world.deadline()); }

    support::MemoryWorld m_world;
    functions::TunnelLookup m_lookup{m_world.world, m_world.names, m_world.links, m_world.replies};
};

TEST_F(TunnelLookupTest, RemembersWhatIsOnline)
{
    EXPECT_EQ(find().value(), std::nullopt);
    m_world.addTunnel("shop", {"a"});
    EXPECT_TRUE(find()->has_value()); // at once, though it was not there a moment ago
    EXPECT_TRUE(find()->has_value());
    EXPECT_EQ(m_world.names.reads, 2U);
    EXPECT_TRUE(find(false)->has_value());
    EXPECT_EQ(m_world.names.reads, 3U);
    m_world.clock.now += wire::kTunnelRemembered;
    EXPECT_TRUE(find()->has_value());
    EXPECT_EQ(m_world.names.reads, 4U);
}

TEST_F(TunnelLookupTest, DropsALinkEverywhere)
{
    m_world.addTunnel("shop", {"a"});
    EXPECT_TRUE(find()->has_value());
    m_lookup.drop("shop", "a", m_world.deadline());
    EXPECT_THAT(find()->value().links, IsEmpty());
    EXPECT_THAT(m_world.links.rows, IsEmpty());
}

TEST_F(TunnelLookupTest, WhoWaitsOverADroppedLinkHearsOfItOnce)
{
    const std::string other = "https://queue/1767323000-other";
    m_world.addTunnel("shop", {"a"});
    m_world.links.rows["a"].waiters = {other, m_world.replies.url};
    m_lookup.memory().note("a", m_world.replies.url); // its own
    m_lookup.drop("shop", "a", m_world.deadline());
    EXPECT_THAT(m_world.replies.sentTo, IsEmpty()); // the visitor's answer comes first
    m_lookup.tellWaiters(m_world.deadline());
    EXPECT_THAT(m_world.replies.sentTo, ElementsAre(other));
    m_lookup.tellWaiters(m_world.deadline());
    EXPECT_EQ(m_world.replies.sentTo.size(), 1U);
}

TEST_F(TunnelLookupTest, WhatFailsIsLogged)
{
    m_world.addTunnel("shop", {"a"});
    m_world.links.down = wire::Code::Timeout;
    m_lookup.drop("shop", "a", m_world.deadline());
    EXPECT_THAT(m_world.logText, testing::HasSubstr("link_not_dropped"));
    m_world.names.down = wire::Code::Timeout;
    EXPECT_FALSE(find());
}

} // namespace
