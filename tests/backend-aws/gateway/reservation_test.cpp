#include "gateway/reservation.h"
#include "wire/limits.h"

#include <gmock/gmock.h>

namespace {

using namespace std::chrono_literals;
using gateway::Claim;
using gateway::Claimant;
using gateway::Reservation;
using gateway::Time;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using wire::Code;

constexpr Time kNow{std::chrono::milliseconds(1'700'000'000'000)};

Claimant alice(const std::string &link, const std::string &owner = "jwt:alice")
{
    edge::JwtClaims claims;
    claims.subject = owner;
    return {link, owner, claims};
}

wire::Ready ready(const std::string &session, unsigned links = 0, bool takeover = false)
{
    return {
        .name = "shop", .session = session, .takeover = takeover, .links = links, .clientVersion = {}, .clientOs = {}};
}

// `shop` as alice's first link left it.
Reservation online()
{
    auto reservation = gateway::claim("shop", std::nullopt, ready("s1"), alice("a"), kNow)->next;
    reservation.version = 1;
    return reservation;
}

Reservation offline(Time at = kNow)
{
    return *gateway::release(online(), "a", at);
}

Code refusal(const wire::Result<Claim> &claim)
{
    return claim ? Code::Cancelled : claim.error().code;
}

TEST(Claim, FreeName)
{
    const auto claim = gateway::claim("shop", std::nullopt, ready("s1"), alice("a"), kNow);
    ASSERT_TRUE(claim);
    EXPECT_EQ(claim->next.owner, "jwt:alice");
    EXPECT_THAT(claim->next.links, ElementsAre("a"));
    EXPECT_EQ(claim->next.version, 0);
    EXPECT_EQ(claim->next.ends, kNow + wire::kReservationLife);
    EXPECT_THAT(claim->evicted, IsEmpty());
}

TEST(Claim, TakesLimitsFromTheToken)
{
    auto claimant = alice("a");
    claimant.claims->maxBodyBytes = 5000;
    claimant.claims->rate = 0.01;
    const auto claim = gateway::claim("shop", std::nullopt, ready("s1"), claimant, kNow);
    EXPECT_EQ(claim->next.maxBody, 5000U);
    EXPECT_EQ(claim->next.requestsPerMinute, 1);
}

TEST(Claim, SameSessionJoins)
{
    const auto claim = gateway::claim("shop", online(), ready("s1", 1), alice("b"), kNow);
    EXPECT_THAT(claim->next.links, ElementsAre("a", "b"));
    EXPECT_THAT(claim->evicted, IsEmpty());
    EXPECT_EQ(claim->next.version, 1);
}

TEST(Claim, SameSessionWithoutOtherLinksReplacesThem)
{
    const auto claim = gateway::claim("shop", online(), ready("s1", 0), alice("b"), kNow);
    EXPECT_THAT(claim->next.links, ElementsAre("b"));
    EXPECT_THAT(claim->evicted, ElementsAre("a"));
    EXPECT_EQ(claim->reason.code, Code::ConnectionLost);
}

TEST(Claim, BoundsTheLinks)
{
    auto full = online();
    full.links = {"a", "b", "c", "d"};
    EXPECT_EQ(refusal(gateway::claim("shop", full, ready("s1", 3), alice("e"), kNow)), Code::RateLimited);
}

TEST(Claim, OwnWriteIsNoOtherClient)
{
    const auto claim = gateway::claim("shop", online(), ready("s1", 0), alice("a"), kNow);
    EXPECT_THAT(claim->next.links, ElementsAre("a"));
    EXPECT_THAT(claim->evicted, IsEmpty());
}

TEST(Claim, OnlineNameIsTaken)
{
    EXPECT_EQ(refusal(gateway::claim("shop", online(), ready("s2"), alice("b"), kNow)), Code::NameTaken);
    EXPECT_EQ(refusal(gateway::claim("shop", online(), ready("s2", 0, true), alice("b", "jwt:bob"), kNow)),
              Code::NameTaken);
    const auto claim = gateway::claim("shop", online(), ready("s2", 0, true), alice("b"), kNow);
    ASSERT_TRUE(claim);
    EXPECT_THAT(claim->evicted, ElementsAre("a"));
    EXPECT_EQ(claim->reason.code, Code::NameTaken);
}

TEST(Claim, NameOfAnOwnerStaysHis)
{
    const auto later = kNow + 24h * 300;
    EXPECT_EQ(refusal(gateway::claim("shop", offline(), ready("s2"), alice("b", "jwt:bob"), later)), Code::NameTaken);
    EXPECT_TRUE(gateway::claim("shop", offline(), ready("s2"), alice("b"), later));
    EXPECT_TRUE(gateway::claim("shop", offline(), ready("s2"), alice("b", "jwt:bob"), kNow + wire::kReservationLife));
}

TEST(Claim, WithoutAnOwnerOnlyTheSessionReturns)
{
    const Claimant nobody{"a", "", std::nullopt};
    auto first = gateway::claim("shop", std::nullopt, ready("s1"), nobody, kNow)->next;
    EXPECT_FALSE(gateway::isKept(first));
    const auto lost = *gateway::release(first, "a", kNow);
    EXPECT_TRUE(gateway::claim("shop", lost, ready("s1"), {"b", "", {}}, kNow + 1s));
    const auto other = gateway::claim("shop", lost, ready("s2"), {"b", "", {}}, kNow + 1s);
    EXPECT_THAT(other.error().message, HasSubstr("a moment ago"));
    EXPECT_TRUE(gateway::claim("shop", lost, ready("s2"), {"b", "", {}}, kNow + wire::kNameGrace));
    EXPECT_EQ(refusal(gateway::claim("shop", first, ready("s2", 0, true), {"b", "", {}}, kNow)), Code::NameTaken);
}

TEST(Claim, DrawnNameIsNobodysAfterwards)
{
    auto wish = ready("s1");
    wish.name.clear();
    auto drawn = gateway::claim("abc123abc123", std::nullopt, wish, alice("a"), kNow)->next;
    EXPECT_TRUE(drawn.drawn);
    EXPECT_FALSE(gateway::isKept(drawn));
    // Asked for by name when it comes back, it is still a drawn one.
    const auto again =
        gateway::claim("abc123abc123", gateway::release(drawn, "a", kNow), ready("s1"), alice("b"), kNow);
    EXPECT_TRUE(again->next.drawn);
    EXPECT_EQ(gateway::current(gateway::release(drawn, "a", kNow), kNow + wire::kNameGrace), std::nullopt);
}

TEST(Current, LinksEndWhateverIsForgotten)
{
    const auto life = wire::kGatewayLinkLife + wire::kNameGrace;
    EXPECT_THAT(gateway::current(online(), kNow + life - 1ms)->links, ElementsAre("a"));
    EXPECT_THAT(gateway::current(online(), kNow + life)->links, IsEmpty());
    EXPECT_TRUE(gateway::claim("shop", online(), ready("s2"), alice("b"), kNow + life));
}

TEST(Release, ForgetsTheLink)
{
    auto two = online();
    two.links = {"a", "b"};
    EXPECT_THAT(gateway::release(two, "a", kNow)->links, ElementsAre("b"));
    EXPECT_EQ(gateway::release(two, "c", kNow), std::nullopt);
    const auto lost = offline(kNow + 5s);
    EXPECT_EQ(lost.lostAt, kNow + 5s);
    EXPECT_EQ(lost.ends, kNow + 5s + wire::kReservationLife);
}

} // namespace
