#include "core/edge/jwt_samples.h"
#include "edge/jwt_keys.h"
#include "wire/limits.h"

#include <gmock/gmock.h>

namespace {

using namespace std::chrono_literals;
using edge::JwkMaterial;
using edge::JwtAlgorithm;
using edge::JwtHeader;
using edge::JwtKeys;
using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

json openJwk(JwtAlgorithm algorithm, const std::string &id)
{
    return edge::publicJwk(samples::drawnJwk(algorithm, id));
}

std::string setOf(const json &keys)
{
    return json{{"keys", keys}}.dump();
}

JwtKeys parsed(const json &keys, JwkMaterial material = JwkMaterial::Public)
{
    auto set = JwtKeys::parse(setOf(keys), material);
    EXPECT_TRUE(set) << (set ? "" : set.error().message);
    return set.value_or(JwtKeys());
}

// The id of the key that is chosen, or why none is.
std::string chosen(const JwtKeys &keys, JwtAlgorithm algorithm, const std::string &id,
                   edge::JwtTime now = samples::kNow)
{
    const auto key = keys.choose({algorithm, id}, now);
    if (key)
        return "id " + (*key)->use().id;
    EXPECT_EQ(key.error().code, wire::Code::Unauthorized);
    return key.error().message;
}

TEST(JwtKeys, ThatCannotBeUsedAreLeftOutAndTold)
{
    const auto keys =
        parsed(json::array({openJwk(JwtAlgorithm::RS256, "a"), samples::drawnJwk(JwtAlgorithm::ES256, "b"),
                            json{{"kty", "new"}}, openJwk(JwtAlgorithm::EdDSA, "c")}));
    EXPECT_EQ(keys.size(), 2U);
    ASSERT_THAT(keys.skipped(), SizeIs(2));
    EXPECT_THAT(keys.skipped()[0], HasSubstr("key 2: its private part"));
    EXPECT_THAT(keys.skipped()[1], HasSubstr("key 3: its type (kty)"));
    EXPECT_THAT(chosen(keys, JwtAlgorithm::ES256, "b"), HasSubstr("does not know the key"));
}

TEST(JwtKeys, ASetIsAnObjectWithKeys)
{
    const json key = openJwk(JwtAlgorithm::EdDSA, "a");
    json many = json::array();
    for (std::size_t i = 0; i <= wire::kMaxJwks; ++i)
        many.push_back(key);
    const std::string wrong[] = {"",
                                 "[]",
                                 "{}",
                                 R"({"keys":{}})",
                                 R"({"keys":"x"})",
                                 key.dump(),
                                 setOf(many),
                                 R"({"keys":[],"keys":[]})",
                                 setOf(json::array({key})) + "x",
                                 json{{"keys", {key}}, {"x", std::string(wire::kMaxJwksBytes, 'x')}}.dump()};
    for (const auto &text : wrong) {
        const auto set = JwtKeys::parse(text, JwkMaterial::Public);
        ASSERT_FALSE(set) << text.substr(0, 80);
        EXPECT_EQ(set.error().code, wire::Code::InvalidRequest);
        EXPECT_THAT(set.error().message, HasSubstr("no JSON Web Key Set of up to 64 keys"));
    }
    EXPECT_THAT(JwtKeys::parse(setOf(json::array()), JwkMaterial::Public).error().message, HasSubstr("holds no key"));
    EXPECT_THAT(JwtKeys::parse(setOf(json::array({json{{"kty", "x"}}})), JwkMaterial::Public).error().message,
                HasSubstr("holds no key that can be used; key 1: its type"));
    EXPECT_THAT(parsed(json::array({key})).skipped(), IsEmpty());
}

TEST(JwtKeys, AnIdSelects)
{
    const auto keys = parsed(json::array(
        {openJwk(JwtAlgorithm::EdDSA, "a"), openJwk(JwtAlgorithm::EdDSA, "b"), openJwk(JwtAlgorithm::ES256, "a")}));
    EXPECT_EQ(chosen(keys, JwtAlgorithm::EdDSA, "a"), "id a");
    EXPECT_EQ(chosen(keys, JwtAlgorithm::EdDSA, "b"), "id b");
    EXPECT_EQ(chosen(keys, JwtAlgorithm::ES256, "a"), "id a") << "one id, two types (RFC 7517 4.5)";
    EXPECT_THAT(chosen(keys, JwtAlgorithm::ES256, "b"), HasSubstr("does not know the key"));
    EXPECT_THAT(chosen(keys, JwtAlgorithm::EdDSA, "c"), HasSubstr("does not know the key"));
    EXPECT_TRUE(keys.knows({JwtAlgorithm::EdDSA, "b"}));
    EXPECT_FALSE(keys.knows({JwtAlgorithm::EdDSA, "c"}));
    EXPECT_FALSE(keys.knows({JwtAlgorithm::RS256, ""}));
}

TEST(JwtKeys, WithoutAnIdOnlyOneMaySuit)
{
    const auto keys = parsed(json::array(
        {openJwk(JwtAlgorithm::EdDSA, "a"), openJwk(JwtAlgorithm::EdDSA, "b"), openJwk(JwtAlgorithm::ES256, "c")}));
    EXPECT_EQ(chosen(keys, JwtAlgorithm::ES256, ""), "id c");
    EXPECT_THAT(chosen(keys, JwtAlgorithm::EdDSA, ""),
                HasSubstr("does not say which of this relay's keys signed it (kid)"));
}

TEST(JwtKeys, AKeyWithoutAnIdIsMeantWhenNoOtherIs)
{
    auto nameless = openJwk(JwtAlgorithm::EdDSA, "x");
    nameless.erase("kid");
    const auto keys = parsed(json::array({nameless, openJwk(JwtAlgorithm::EdDSA, "a")}));
    EXPECT_EQ(chosen(keys, JwtAlgorithm::EdDSA, "a"), "id a");
    EXPECT_EQ(chosen(keys, JwtAlgorithm::EdDSA, "b"), "id ");
    EXPECT_EQ(chosen(keys, JwtAlgorithm::EdDSA, ""), "id ") << "no id for no id";
    EXPECT_EQ(chosen(parsed(json::array({nameless})), JwtAlgorithm::EdDSA, "any"), "id ");
}

TEST(JwtKeys, AKeyWhoseTimeIsOverIsNone)
{
    auto old = openJwk(JwtAlgorithm::EdDSA, "a");
    old["exp"] = samples::kNow.time_since_epoch().count();
    const auto keys = parsed(json::array({old, openJwk(JwtAlgorithm::EdDSA, "b")}));
    EXPECT_EQ(chosen(keys, JwtAlgorithm::EdDSA, "a", samples::kNow - 1s), "id a");
    EXPECT_THAT(chosen(keys, JwtAlgorithm::EdDSA, "a"), HasSubstr("does not know the key"));
    EXPECT_EQ(chosen(keys, JwtAlgorithm::EdDSA, ""), "id b");
}

TEST(JwtKeys, SetsJoin)
{
    auto keys = parsed(json::array({openJwk(JwtAlgorithm::EdDSA, "a")}));
    keys.add(parsed(json::array({openJwk(JwtAlgorithm::ES256, "b")})));
    EXPECT_EQ(chosen(keys, JwtAlgorithm::ES256, "b"), "id b");
    EXPECT_EQ(keys.size(), 2U);
    EXPECT_TRUE(JwtKeys().empty());
}

} // namespace
