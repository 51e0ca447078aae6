#include "backend-aws/functions/memory_world.h"
#include "wire/limits.h"

#include <gmock/gmock.h>

namespace {

using support::readyFor;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::MatchesRegex;
using wire::Code;

class TunnelClaimTest : public testing::Test {
protected:
    wire::Result<gateway::Claim> claim(const std::string &name, const std::string &link,
                                       const gateway::Claimant &claimant = {})
    {
        auto who = claimant;
        who.connectionId = link;
        return m_claim.claim(readyFor(name, "session of " + link), who, m_world.clock.now, m_world.deadline(),
                             m_world.live);
    }
    static gateway::Claimant alice(std::optional<std::vector<std::string>> tunnels = {},
                                   std::optional<std::uint64_t> most = {})
    {
        edge::JwtClaims claims;
        claims.subject = "alice";
        claims.tunnels = std::move(tunnels);
        claims.maxTunnels = most;
        return {"", "jwt:alice", claims};
    }
    static Code refusal(const wire::Result<gateway::Claim> &claim)
    {
        return claim ? Code::Cancelled : claim.error().code;
    }

    support::MemoryWorld m_world;
    functions::TunnelClaim m_claim{m_world.world, m_world.names, m_world.links};
};

TEST_F(TunnelClaimTest, DrawsANameForWhoeverWantsNone)
{
    const auto first = claim("", "a");
    EXPECT_THAT(first->next.name, MatchesRegex("[a-z0-9]{12}"));
    EXPECT_TRUE(first->next.drawn);
    EXPECT_NE(claim("", "b")->next.name, first->next.name);
}

TEST_F(TunnelClaimTest, ChecksTheName)
{
    EXPECT_EQ(refusal(claim("No Name", "a")), Code::InvalidRequest);
    EXPECT_EQ(refusal(claim("shop", "a", alice({{"alice-*"}}))), Code::Forbidden);
    EXPECT_THAT(claim("shop", "a", alice({{"alice-*"}})).error().message, HasSubstr("alice-*"));
    EXPECT_TRUE(claim("alice-x", "a", alice({{"alice-*"}})));
}

TEST_F(TunnelClaimTest, DrawsFromTheTokensPatterns)
{
    EXPECT_EQ(claim("", "a", alice({{"one", "two"}}))->next.name, "one");
    EXPECT_EQ(claim("", "b", alice({{"one", "two"}}))->next.name, "two");
    EXPECT_EQ(refusal(claim("", "c", alice({{"one", "two"}}))), Code::Forbidden);
    EXPECT_THAT(claim("", "d", alice({{"dev-*"}}))->next.name, MatchesRegex("dev-[a-z0-9]{12}"));
    EXPECT_EQ(refusal(claim("", "e", alice(std::vector<std::string>()))), Code::Forbidden);
}

TEST_F(TunnelClaimTest, CountsTheOwnersTunnels)
{
    EXPECT_TRUE(claim("one", "a", alice({}, 1)));
    EXPECT_EQ(refusal(claim("two", "b", alice({}, 1))), Code::RateLimited);
    m_world.names.rows["one"].links.clear();
    EXPECT_TRUE(claim("two", "b", alice({}, 1)));
}

TEST_F(TunnelClaimTest, OwnerWithTooManyNamesLosesTheOldest)
{
    for (std::size_t i = 0; i < wire::kMaxReservationsPerOwner; ++i) {
        const auto name = "name-" + std::to_string(i);
        m_world.names.rows[name] = {.name = name,
                                    .owner = "jwt:alice",
                                    .usedAt = m_world.clock.now - std::chrono::hours(i == 7 ? 100 : 10),
                                    .ends = m_world.clock.now + std::chrono::hours(1),
                                    .version = 1};
    }
    EXPECT_TRUE(claim("another", "a", alice()));
    EXPECT_FALSE(m_world.names.rows.contains("name-7"));
    EXPECT_EQ(m_world.names.rows.size(), wire::kMaxReservationsPerOwner);
    EXPECT_TRUE(claim("name-3", "b", alice())); // has it already
    EXPECT_EQ(m_world.names.rows.size(), wire::kMaxReservationsPerOwner);
}

TEST_F(TunnelClaimTest, TriesAgainWhenSomebodyWasFaster)
{
    m_world.names.races = 2;
    EXPECT_TRUE(claim("shop", "a"));
    EXPECT_EQ(m_world.names.writes, 3U);
    m_world.names.races = 100;
    EXPECT_EQ(refusal(claim("shop2", "b")), Code::RateLimited);
    EXPECT_EQ(m_world.names.writes, 3 + wire::kClaimTries);
}

TEST_F(TunnelClaimTest, FullServerKeepsNoName)
{
    m_world.live.settings.tunnel.maxConnections = 1;
    EXPECT_TRUE(claim("one", "a"));
    EXPECT_EQ(refusal(claim("two", "b")), Code::RateLimited);
    EXPECT_THAT(m_world.names.rows["two"].links, testing::IsEmpty());
}

TEST_F(TunnelClaimTest, LinkServesOneTunnel)
{
    EXPECT_TRUE(claim("one", "a"));
    EXPECT_EQ(refusal(claim("two", "a")), Code::ProtocolError);
    EXPECT_THAT(m_world.names.rows["one"].links, ElementsAre("a"));
    EXPECT_THAT(m_world.names.rows["two"].links, testing::IsEmpty());
    EXPECT_TRUE(claim("one", "a")); // the same again: its answer may have been lost
}

} // namespace
