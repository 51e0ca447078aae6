#include "edge/jwt_claims.h"
#include "wire/limits.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace {

using namespace std::chrono_literals;
using edge::JwtClaims;
using edge::JwtTime;
using nlohmann::json;
using testing::HasSubstr;

constexpr JwtTime kNow{1'800'000'000s};

std::string problem(const json &payload)
{
    const auto claims = edge::readJwtClaims(payload);
    if (claims)
        return "read";
    EXPECT_EQ(claims.error().code, wire::Code::Unauthorized);
    return claims.error().message;
}

JwtClaims everything()
{
    JwtClaims claims{.subject = "alice", .expires = kNow + 1h, .notBefore = kNow - 1h, .issued = kNow};
    claims.issuer = "https://id.example.com";
    claims.audience = {"relay", "other"};
    claims.id = "6f1c";
    claims.tunnels = {"shop", "alice-*"};
    claims.maxTunnels = 3;
    claims.maxBodyBytes = 1'000'000;
    claims.rate = 12.5;
    return claims;
}

TEST(JwtClaims, WhatIsWrittenIsReadAgain)
{
    EXPECT_EQ(edge::readJwtClaims(edge::jwtPayload(everything())), everything());
    const JwtClaims bare{.subject = "bob"};
    EXPECT_EQ(edge::jwtPayload(bare).dump(), R"({"sub":"bob"})");
    EXPECT_EQ(edge::readJwtClaims(edge::jwtPayload(bare)), bare);
    auto one = bare;
    one.audience = {"relay"};
    EXPECT_EQ(edge::jwtPayload(one)["aud"], "relay");
    EXPECT_EQ(edge::readJwtClaims(edge::jwtPayload(one)), one);
}

TEST(JwtClaims, OthersAreNoneOfOurBusiness)
{
    EXPECT_EQ(problem({{"sub", "a"}, {"name", 7}, {"roles", {"admin"}}, {"x", {{"y", nullptr}}}}), "read");
}

TEST(JwtClaims, OfAWrongKindAreNotGuessed)
{
    const auto longText = std::string(wire::kMaxJwtTextBytes + 1, 'x');
    const auto manyTexts = [](std::size_t count) { return json(std::vector<std::string>(count, "a")); };
    const std::map<std::string, std::vector<json>> wrong{
        {"iss", {1, "", nullptr, json::array(), longText, "a\nb"}},
        {"jti", {1, "", nullptr, longText, "a\tb"}},
        {"aud",
         {1, "", nullptr, json::array({1}), json::array({""}), json::object(), manyTexts(wire::kMaxJwtAudiences + 1)}},
        {"tunnels",
         {"shop", 1, nullptr, json::array({1}), json::array({""}), json::array({"Shop"}), json::array({"a.b"}),
          json::object(), manyTexts(wire::kMaxNamePatterns + 1)}},
        {"max_tunnels", {0, -1, 1.5, "1", true, nullptr, 1e3}},
        {"max_body_bytes", {0, -1, 1.5, "1", nullptr}},
        {"rate", {0, -1, "1", true, nullptr, 1e300, 2e9}},
    };
    for (const auto &[claim, values] : wrong) {
        for (const auto &value : values)
            EXPECT_THAT(problem({{"sub", "a"}, {claim, value}}), HasSubstr("the token's " + claim)) << value;
    }
    EXPECT_EQ(problem({{"sub", "a"}, {"tunnels", json::array()}}), "read");
    EXPECT_EQ(problem({{"sub", "a"}, {"aud", json::array()}}), "read");
    EXPECT_EQ(problem({{"sub", "a"}, {"rate", 0.1}}), "read");
    EXPECT_EQ(problem({{"sub", "a"}, {"tunnels", manyTexts(wire::kMaxNamePatterns)}}), "read");
}

TEST(JwtClaims, IssuerAndAudienceMustBeOurs)
{
    struct Case {
        std::string issuer;
        std::vector<std::string> audience;
        edge::JwtRules rules;
        const char *says; // empty: accepted
    };
    const Case table[] = {
        {"", {}, {}, ""},
        {"anybody", {}, {}, ""},
        {"id", {}, {"id", {}}, ""},
        {"", {}, {"id", {}}, "(iss)"},
        {"id2", {}, {"id", {}}, "(iss)"},
        {"ID", {}, {"id", {}}, "(iss)"},
        {"", {"relay"}, {"", {"relay"}}, ""},
        {"", {"other", "relay"}, {"", {"relay"}}, ""},
        {"", {"b"}, {"", {"a", "b"}}, ""},
        {"", {}, {"", {"relay"}}, "(aud)"},
        {"", {"other"}, {"", {"relay"}}, "(aud)"},
        {"", {"relay"}, {}, "(aud)"}, // RFC 7519 4.1.3: it is for somebody, and we are nobody
    };
    for (const auto &[issuer, audience, rules, says] : table) {
        JwtClaims claims{.subject = "a"};
        claims.issuer = issuer;
        claims.audience = audience;
        const auto checked = edge::checkJwtParties(claims, rules);
        EXPECT_THAT(checked ? "" : checked.error().message, HasSubstr(says)) << issuer;
        EXPECT_EQ(checked.has_value(), *says == '\0');
    }
}

TEST(JwtClaims, TunnelsAreThoseOfThePatterns)
{
    JwtClaims claims{.subject = "a"};
    EXPECT_TRUE(edge::allowsTunnel(claims, "anything"));
    claims.tunnels.emplace();
    EXPECT_FALSE(edge::allowsTunnel(claims, "anything"));
    claims.tunnels = {"shop", "a-*"};
    EXPECT_TRUE(edge::allowsTunnel(claims, "shop"));
    EXPECT_TRUE(edge::allowsTunnel(claims, "a-1"));
    EXPECT_FALSE(edge::allowsTunnel(claims, "shop-1"));
}

TEST(JwtClaims, TimesAreToldToTheEndOfTheCalendar)
{
    EXPECT_EQ(edge::jwtTimeText(kNow), "2027-01-15 08:00 UTC");
    EXPECT_EQ(edge::jwtTimeText(JwtTime{std::chrono::seconds(wire::kMaxJwtTime)}), "9999-12-31 23:59 UTC");
}

} // namespace
