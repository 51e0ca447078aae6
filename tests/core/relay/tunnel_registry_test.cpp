#include "core/relay/tunnel_registry_fixture.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace std::chrono_literals;
using Presence = TunnelRegistry::Presence;
using wire::Code;

class TunnelRegistryTest : public testing::Test {
protected:
    // The name, or the code of the error.
    std::string claim(const wire::Ready &message, const std::string &owner, FakeLink &link,
                      relay::TunnelRegistry &registry)
    {
        const auto name = registry.claim(message, {owner, m_address}, link, m_now);
        return name ? *name : std::string(wire::codeName(name.error().code));
    }
    std::string claim(const wire::Ready &message, const std::string &owner, FakeLink &link)
    {
        return claim(message, owner, link, m_registry);
    }

    std::string m_address = "192.0.2.1"; // of the client that claims
    wire::SteadyTime m_now{1000s};
    TunnelRegistry m_registry{{.nameGrace = 60s, .maxLinks = 3}};
    FakeLink m_first;
    FakeLink m_second;
};

TEST_F(TunnelRegistryTest, GivesTheNameAskedFor)
{
    EXPECT_EQ(m_registry.presence("shop"), Presence::Missing);
    EXPECT_EQ(m_registry.pick("shop"), nullptr);
    EXPECT_EQ(claim(ready("shop"), "alice", m_first), "shop");
    EXPECT_EQ(m_registry.presence("shop"), Presence::Online);
    EXPECT_EQ(m_registry.pick("shop"), &m_first);
    EXPECT_EQ(m_registry.onlineTunnels(), 1U);
    EXPECT_EQ(m_registry.pick("Shop"), nullptr);
    EXPECT_EQ(m_registry.pick("sho"), nullptr);
}

TEST_F(TunnelRegistryTest, DrawsANameWhenNoneIsAsked)
{
    const auto first = claim(ready(""), "alice", m_first);
    const auto second = claim(ready(""), "alice", m_second);
    EXPECT_EQ(first.size(), wire::kDrawnIdLength);
    EXPECT_NE(first, second);
    EXPECT_EQ(m_registry.pick(first), &m_first);
    EXPECT_EQ(m_registry.pick(second), &m_second);
    EXPECT_EQ(m_registry.onlineTunnels(), 2U);
}

TEST_F(TunnelRegistryTest, RefusesBadNames)
{
    for (const auto *name : {"a_b", "-shop", "shop-", "Shop", "sh op", "shop.a", "_tunnel"})
        EXPECT_EQ(claim(ready(name), "alice", m_first), "invalid_request") << name;
    EXPECT_EQ(m_registry.onlineTunnels(), 0U);
}

TEST_F(TunnelRegistryTest, ATakenNameIsRefused)
{
    claim(ready("shop"), "alice", m_first);
    EXPECT_EQ(claim(ready("shop", "s2"), "bob", m_second), "name_taken");
    EXPECT_EQ(claim(ready("shop", "s2"), "alice", m_second), "name_taken") << "the same owner must say takeover";
    EXPECT_EQ(claim(ready("shop", "s2"), "", m_second), "name_taken");
    EXPECT_FALSE(m_first.evicted);
    EXPECT_EQ(m_registry.pick("shop"), &m_first);
}

TEST_F(TunnelRegistryTest, TheSameOwnerMayTakeOver)
{
    claim(ready("shop"), "alice", m_first);
    auto takeover = ready("shop", "s2");
    takeover.takeover = true;
    EXPECT_EQ(claim(takeover, "alice", m_second), "shop");
    ASSERT_TRUE(m_first.evicted);
    EXPECT_EQ(m_first.evicted->code, Code::NameTaken);
    EXPECT_FALSE(m_second.evicted);
    EXPECT_EQ(m_registry.pick("shop"), &m_second);
    m_registry.release("shop", m_first, m_now); // the evicted link ends later
    EXPECT_EQ(m_registry.presence("shop"), Presence::Online);
}

TEST_F(TunnelRegistryTest, NobodyElseMayTakeOver)
{
    auto takeover = ready("shop", "s2");
    takeover.takeover = true;
    claim(ready("shop"), "alice", m_first);
    EXPECT_EQ(claim(takeover, "bob", m_second), "name_taken");
    EXPECT_EQ(claim(takeover, "", m_second), "name_taken");
    EXPECT_FALSE(m_first.evicted);
}

TEST_F(TunnelRegistryTest, AnonymousOwnersNeverEvictEachOther)
{
    auto takeover = ready("shop", "s2");
    takeover.takeover = true;
    claim(ready("shop"), "", m_first);
    EXPECT_EQ(claim(takeover, "", m_second), "name_taken");
    EXPECT_FALSE(m_first.evicted);
}

TEST_F(TunnelRegistryTest, LinksOfOneSessionJoin)
{
    auto joining = ready("shop");
    claim(joining, "alice", m_first);
    joining.links = 1;
    EXPECT_EQ(claim(joining, "alice", m_second), "shop");
    FakeLink third;
    FakeLink fourth;
    joining.links = 2;
    EXPECT_EQ(claim(joining, "alice", third), "shop");
    joining.links = 3;
    EXPECT_EQ(claim(joining, "alice", fourth), "rate_limited");
    EXPECT_FALSE(m_first.evicted);
    EXPECT_EQ(m_registry.onlineTunnels(), 1U);
    m_registry.release("shop", m_first, m_now);
    EXPECT_EQ(claim(joining, "alice", fourth), "shop");
}

TEST_F(TunnelRegistryTest, TheSessionOfAnotherOwnerDoesNotJoin)
{
    auto joining = ready("shop");
    joining.links = 1;
    claim(ready("shop"), "alice", m_first);
    EXPECT_EQ(claim(joining, "bob", m_second), "name_taken");
    EXPECT_EQ(claim(joining, "", m_second), "name_taken");
}

TEST_F(TunnelRegistryTest, AnEmptySessionDoesNotJoin)
{
    auto joining = ready("shop", "");
    joining.links = 1;
    claim(ready("shop", ""), "alice", m_first);
    EXPECT_EQ(claim(joining, "alice", m_second), "name_taken");
}

TEST_F(TunnelRegistryTest, AClientThatHoldsNoOtherLinkDropsItsStaleOnes)
{
    auto joining = ready("shop");
    claim(joining, "alice", m_first);
    joining.links = 1;
    claim(joining, "alice", m_second);
    FakeLink fresh;
    joining.links = 0;
    EXPECT_EQ(claim(joining, "alice", fresh), "shop");
    ASSERT_TRUE(m_first.evicted);
    EXPECT_EQ(m_first.evicted->code, Code::ConnectionLost);
    EXPECT_TRUE(m_second.evicted);
    EXPECT_FALSE(fresh.evicted);
    EXPECT_EQ(m_registry.pick("shop"), &fresh);
}

TEST_F(TunnelRegistryTest, ALostNameIsKeptForItsOwner)
{
    claim(ready("shop"), "alice", m_first);
    m_registry.release("shop", m_first, m_now);
    EXPECT_EQ(m_registry.presence("shop"), Presence::Offline);
    EXPECT_EQ(m_registry.pick("shop"), nullptr);
    EXPECT_EQ(m_registry.onlineTunnels(), 0U);
    m_now += 59s;
    EXPECT_EQ(claim(ready("shop", "s2"), "bob", m_second), "name_taken");
    EXPECT_EQ(claim(ready("shop", "s2"), "", m_second), "name_taken");
    EXPECT_EQ(claim(ready("shop", "s2"), "alice", m_second), "shop") << "a new run of the same owner's client";
    EXPECT_EQ(m_registry.presence("shop"), Presence::Online);
}

TEST_F(TunnelRegistryTest, ALostAnonymousNameIsKeptForItsSessionOrItsAddress)
{
    claim(ready("shop"), "", m_first);
    m_registry.release("shop", m_first, m_now);
    m_now += 1s;
    m_address = "192.0.2.2";
    EXPECT_EQ(claim(ready("shop", "s2"), "", m_second), "name_taken") << "anybody else on an open relay";
    EXPECT_EQ(claim(ready("shop", ""), "", m_second), "name_taken");
    EXPECT_EQ(claim(ready("shop", "s1"), "bob", m_second), "name_taken");
    EXPECT_EQ(claim(ready("shop", "s1"), "", m_second), "shop") << "the same client, from another network";
    m_registry.release("shop", m_second, m_now);
    EXPECT_EQ(claim(ready("shop", "s3"), "", m_second), "shop") << "a new run of it on the same machine";
}

TEST_F(TunnelRegistryTest, AnAddressIsNoOwnerOfATokensName)
{
    claim(ready("shop"), "alice", m_first);
    m_registry.release("shop", m_first, m_now);
    EXPECT_EQ(claim(ready("shop", "s2"), "", m_second), "name_taken");
    m_address = "192.0.2.2";
    EXPECT_EQ(claim(ready("shop", "s2"), "alice", m_second), "shop") << "from wherever";
}

TEST_F(TunnelRegistryTest, AfterTheGraceAnybodyMayHaveTheName)
{
    claim(ready("shop"), "alice", m_first);
    m_registry.release("shop", m_first, m_now);
    m_now += 60s;
    EXPECT_EQ(claim(ready("shop", "s2"), "bob", m_second), "shop");
    EXPECT_EQ(claim(ready("shop"), "alice", m_first), "name_taken") << "it is bob's now";
}

TEST_F(TunnelRegistryTest, SweepForgetsWhatIsPastItsGrace)
{
    claim(ready("shop"), "alice", m_first);
    claim(ready("blog"), "alice", m_second);
    m_registry.release("shop", m_first, m_now);
    m_registry.sweep(m_now + 59s);
    EXPECT_EQ(m_registry.presence("shop"), Presence::Offline);
    m_registry.sweep(m_now + 60s);
    EXPECT_EQ(m_registry.presence("shop"), Presence::Missing);
    EXPECT_EQ(m_registry.presence("blog"), Presence::Online);
}

TEST_F(TunnelRegistryTest, TheGraceBeginsWithTheLastLink)
{
    auto joining = ready("shop");
    claim(joining, "alice", m_first);
    joining.links = 1;
    claim(joining, "alice", m_second);
    m_registry.release("shop", m_first, m_now);
    EXPECT_EQ(m_registry.presence("shop"), Presence::Online);
    EXPECT_EQ(m_registry.pick("shop"), &m_second);
    m_now += 100s;
    m_registry.release("shop", m_second, m_now);
    m_registry.sweep(m_now + 59s);
    EXPECT_EQ(m_registry.presence("shop"), Presence::Offline);
}

TEST_F(TunnelRegistryTest, WithoutGraceANameIsFreeAtOnce)
{
    TunnelRegistry registry({.nameGrace = 0ms, .maxLinks = 1});
    claim(ready("shop"), "alice", m_first, registry);
    registry.release("shop", m_first, m_now);
    EXPECT_EQ(claim(ready("shop", "s2"), "bob", m_second, registry), "shop");
}

TEST_F(TunnelRegistryTest, ReleasingWhatIsNotThereChangesNothing)
{
    m_registry.release("shop", m_first, m_now);
    EXPECT_EQ(m_registry.presence("shop"), Presence::Missing);
    claim(ready("shop"), "alice", m_first);
    m_registry.release("shop", m_second, m_now);
    EXPECT_EQ(m_registry.presence("shop"), Presence::Online);
}

TEST_F(TunnelRegistryTest, ATunnelIsLeavingWhenAllOfItsLinksAre)
{
    auto joining = ready("shop");
    claim(joining, "alice", m_first);
    joining.links = 1;
    claim(joining, "alice", m_second);
    m_first.leaves = true;
    m_second.accepts = false;
    EXPECT_EQ(m_registry.presence("shop"), Presence::Online) << "the second is full and will be free again";
    m_second.leaves = true;
    EXPECT_EQ(m_registry.presence("shop"), Presence::Leaving);
    m_registry.release("shop", m_first, m_now);
    m_registry.release("shop", m_second, m_now);
    EXPECT_EQ(m_registry.presence("shop"), Presence::Offline);
}

TEST_F(TunnelRegistryTest, PicksTheLeastLoadedLinkThatTakesStreams)
{
    m_first.open = 5;
    m_second.open = 2;
    FakeLink third(7);
    auto joining = ready("shop");
    claim(joining, "alice", m_first);
    joining.links = 1;
    claim(joining, "alice", m_second);
    claim(joining, "alice", third);
    EXPECT_EQ(m_registry.pick("shop"), &m_second);
    m_second.open = 6;
    EXPECT_EQ(m_registry.pick("shop"), &m_first);
    m_first.accepts = false;
    EXPECT_EQ(m_registry.pick("shop"), &m_second);
    m_second.accepts = false;
    third.accepts = false;
    EXPECT_EQ(m_registry.pick("shop"), nullptr);
    EXPECT_EQ(m_registry.presence("shop"), Presence::Online);
}

} // namespace
