// What a token allows its owner in the registry: names, how many, and those that are reserved.
#include "core/relay/tunnel_registry_fixture.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace {

using namespace std::chrono_literals;
using wire::Code;

class TokenRegistryTest : public testing::Test {
protected:
    wire::Result<std::string> claim(const std::string &name, const std::string &subject, FakeLink &link,
                                    const std::string &session = "s1")
    {
        auto claims = m_claims;
        claims.subject = subject;
        return m_registry.claim(ready(name, session),
                                {"jwt:" + subject, "192.0.2.1", std::make_shared<edge::JwtClaims>(claims)}, link,
                                m_now);
    }
    // The name, or the code of the error.
    std::string outcome(const std::string &name, const std::string &subject, FakeLink &link)
    {
        const auto got = claim(name, subject, link);
        return got ? *got : std::string(wire::codeName(got.error().code));
    }

    edge::JwtClaims m_claims{.subject = ""};
    wire::SteadyTime m_now{1000s};
    std::vector<wire::Error> m_overlooked;
    relay::NameReservations m_names;
    TunnelRegistry m_registry{{.nameGrace = 60s, .maxLinks = 3, .names = &m_names}};
    FakeLink m_first;
    FakeLink m_second;
};

TEST_F(TokenRegistryTest, NamesAreThoseOfItsPatterns)
{
    m_claims.tunnels = {"shop", "alice-*"};
    EXPECT_EQ(outcome("shop", "alice", m_first), "shop");
    EXPECT_EQ(outcome("alice-1", "alice", m_second), "alice-1");
    const auto refused = claim("blog", "alice", m_second);
    EXPECT_EQ(refused.error().code, Code::Forbidden);
    EXPECT_EQ(refused.error().message, "this token may not open a tunnel of this name; it may open: shop, alice-*");
    m_claims.tunnels.emplace();
    EXPECT_EQ(claim("blog", "alice", m_second).error().message,
              "this token may not open a tunnel of this name; it may open: none");
    EXPECT_EQ(outcome("", "alice", m_second), "forbidden");
}

TEST_F(TokenRegistryTest, WhoAsksForNoNameGetsOneOfThem)
{
    m_claims.tunnels = {"shop", "alice-*"};
    EXPECT_EQ(outcome("", "alice", m_first), "shop");
    const auto drawn = outcome("", "alice", m_second);
    EXPECT_EQ(drawn.substr(0, 6), "alice-") << "shop is taken";
    EXPECT_EQ(drawn.size(), 6 + wire::kDrawnIdLength);
    m_claims.tunnels = {"shop"};
    FakeLink third;
    EXPECT_EQ(outcome("", "alice", third), "forbidden");
}

TEST_F(TokenRegistryTest, OnlySoManyAtOnce)
{
    m_claims.maxTunnels = 2;
    FakeLink third;
    EXPECT_EQ(outcome("one", "alice", m_first), "one");
    EXPECT_EQ(outcome("two", "alice", m_second), "two");
    EXPECT_EQ(outcome("three", "alice", third), "rate_limited");
    EXPECT_EQ(outcome("three", "bob", third), "three") << "another owner has his own";
    FakeLink again;
    auto joining = ready("one");
    joining.links = 1;
    EXPECT_TRUE(m_registry.claim(joining, {"jwt:alice", "", std::make_shared<edge::JwtClaims>(m_claims)}, again, m_now))
        << "a further link of a tunnel is no further tunnel";
    m_registry.release("two", m_second, m_now);
    EXPECT_EQ(outcome("four", "alice", m_second), "four") << "one that is offline counts no more";
}

TEST_F(TokenRegistryTest, SoManyAtOnceUnlessTheTokenSays)
{
    TunnelRegistry registry{{.maxTunnels = 1, .names = &m_names}};
    const TunnelRegistry::Owner file{"digest", "192.0.2.1"};
    const TunnelRegistry::Owner alice{"jwt:alice", "", std::make_shared<edge::JwtClaims>(m_claims)};
    m_claims.maxTunnels = 2;
    const TunnelRegistry::Owner bob{"jwt:bob", "", std::make_shared<edge::JwtClaims>(m_claims)};
    std::array<FakeLink, 8> links;
    std::size_t next = 0;
    const auto outcomeOf = [&](const std::string &name, const TunnelRegistry::Owner &owner) {
        const auto claimed = registry.claim(ready(name), owner, links.at(next++), m_now);
        return claimed ? *claimed : std::string(wire::codeName(claimed.error().code));
    };
    EXPECT_EQ(outcomeOf("one", file), "one");
    EXPECT_EQ(outcomeOf("two", file), "rate_limited");
    EXPECT_EQ(outcomeOf("three", alice), "three");
    EXPECT_EQ(outcomeOf("four", alice), "rate_limited");
    EXPECT_EQ(outcomeOf("five", bob), "five");
    EXPECT_EQ(outcomeOf("six", bob), "six");
    registry.release("one", links[0], m_now);
    EXPECT_EQ(outcomeOf("two", file), "two") << "the first is offline";
    EXPECT_EQ(outcomeOf("two", file), "two") << "its client came back: no further tunnel";
}

TEST_F(TokenRegistryTest, TheAnonymousHaveNoNumber)
{
    TunnelRegistry registry{{.maxTunnels = 1, .names = &m_names}};
    EXPECT_TRUE(registry.claim(ready("one"), {"", "192.0.2.1"}, m_first, m_now));
    EXPECT_TRUE(registry.claim(ready("two"), {"", "192.0.2.1"}, m_second, m_now));
}

TEST_F(TokenRegistryTest, ANameStaysItsOwnersForGood)
{
    EXPECT_EQ(outcome("shop", "alice", m_first), "shop");
    m_registry.release("shop", m_first, m_now);
    m_now += 24h;
    m_registry.sweep(m_now);
    const auto stolen = claim("shop", "mallory", m_second);
    EXPECT_EQ(stolen.error().code, Code::NameTaken);
    EXPECT_EQ(stolen.error().message, "this name belongs to somebody else");
    EXPECT_FALSE(m_registry.claim(ready("shop"), {"", "192.0.2.1"}, m_second, m_now)) << "nor is it anybody's";
    EXPECT_FALSE(m_registry.claim(ready("shop"), {"digest", "192.0.2.1"}, m_second, m_now));
    EXPECT_EQ(outcome("shop", "alice", m_second), "shop");
}

TEST_F(TokenRegistryTest, WhatWasNotAskedForBelongsToNobody)
{
    const auto drawn = outcome("", "alice", m_first);
    m_registry.release(drawn, m_first, m_now);
    EXPECT_EQ(outcome(drawn, "alice", m_first), drawn) << "its client comes back for it by name";
    EXPECT_EQ(m_names.size(), 0U);
    EXPECT_TRUE(m_registry.claim(ready("blog"), {"digest", "192.0.2.1"}, m_second, m_now));
    EXPECT_EQ(m_names.size(), 0U) << "a token of the file has no owner with a name";
    FakeLink third;
    EXPECT_EQ(outcome("shop", "alice", third), "shop");
    EXPECT_EQ(m_names.size(), 1U);
}

TEST_F(TokenRegistryTest, ARefusedNameIsNotReserved)
{
    EXPECT_TRUE(m_registry.claim(ready("shop"), {"digest", "192.0.2.1"}, m_first, m_now));
    EXPECT_EQ(outcome("shop", "alice", m_second), "name_taken");
    EXPECT_EQ(m_names.size(), 0U);
}

TEST_F(TokenRegistryTest, InGraceWhatATokenDoesNotAllowIsToldOnly)
{
    TunnelRegistry registry{
        {.names = &m_names, .overlook = [this](const wire::Error &e) { m_overlooked.push_back(e); }}};
    m_claims.tunnels = {"shop"};
    m_claims.maxTunnels = 1;
    const TunnelRegistry::Owner alice{"jwt:alice", "", std::make_shared<edge::JwtClaims>(m_claims)};
    EXPECT_EQ(registry.claim(ready("shop"), alice, m_first, m_now), "shop");
    EXPECT_TRUE(m_overlooked.empty());
    EXPECT_EQ(registry.claim(ready("blog"), alice, m_second, m_now), "blog");
    ASSERT_EQ(m_overlooked.size(), 1U);
    EXPECT_EQ(m_overlooked[0].code, Code::Forbidden);
    FakeLink third;
    EXPECT_FALSE(registry.claim(ready("shop", "s2"), {"", "192.0.2.9"}, third, m_now)) << "names are never given away";
}

} // namespace
