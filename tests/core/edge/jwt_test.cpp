#include "core/edge/jws_vectors.h"
#include "core/edge/jwt_samples.h"
#include "edge/jwt.h"
#include "wire/base64.h"
#include "wire/limits.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using edge::JwtAlgorithm;
using edge::JwtClaims;
using edge::JwtKey;
using edge::JwtTime;
using testing::HasSubstr;
using testing::Not;
using wire::encodeBase64Url;

const std::string kSecret = "a secret of the tests, long enough for HS256";
constexpr JwtTime kNow{1'800'000'000s};
constexpr std::string_view kHeader = R"({"alg":"HS256","typ":"JWT"})";
constexpr std::string_view kPayload = R"({"sub":"alice"})";

JwtKey keyOf(const std::string &secret = kSecret)
{
    return JwtKey::fromSecret(secret).value();
}

std::string hmac(std::string_view text, const std::string &secret)
{
    return keyOf(secret).sign(JwtAlgorithm::HS256, text).value();
}

// Any header and payload, rightly signed.
std::string tokenOf(std::string_view header, std::string_view payload, const std::string &secret = kSecret)
{
    const auto signedPart = encodeBase64Url(header) + "." + encodeBase64Url(payload);
    return signedPart + "." + encodeBase64Url(hmac(signedPart, secret));
}

wire::Result<JwtClaims> verify(std::string_view token, JwtTime now = kNow, const std::string &secret = kSecret)
{
    return edge::verifyJwt(token, edge::JwtKeys(keyOf(secret)), {}, now);
}

wire::Result<std::string> sign(const JwtClaims &claims)
{
    return edge::signJwt(claims, keyOf(), JwtAlgorithm::HS256);
}

// The claims' subject, or why the token is refused.
std::string verdict(std::string_view token, JwtTime now = kNow)
{
    const auto claims = verify(token, now);
    if (claims)
        return claims->subject;
    EXPECT_EQ(claims.error().code, wire::Code::Unauthorized);
    return claims.error().message;
}

TEST(Jwt, WhatWeSignWeAccept)
{
    const JwtClaims claims{"alice@example.com", kNow + 1h, kNow - 1h, kNow - 2h};
    const auto token = sign(claims);
    ASSERT_TRUE(token) << token.error().message;
    EXPECT_EQ(verify(*token), claims);
    EXPECT_EQ(edge::readUnverifiedJwt(*token), claims);
    EXPECT_THAT(*token, Not(HasSubstr("=")));

    const JwtClaims plain{"bob"};
    EXPECT_EQ(verify(sign(plain).value()), plain) << "without times it holds forever";
}

TEST(Jwt, WithEachAlgorithmAndOneSetOfKeys)
{
    edge::JwtKeys keys;
    for (const auto algorithm : {JwtAlgorithm::HS256, JwtAlgorithm::RS256, JwtAlgorithm::ES256, JwtAlgorithm::ES384,
                                 JwtAlgorithm::ES512, JwtAlgorithm::Ed25519, JwtAlgorithm::Ed448})
        keys.add(samples::verifyingKey(samples::drawnJwk(algorithm, std::string(edge::jwtAlgorithmName(algorithm)))));
    for (const auto algorithm : samples::kAllAlgorithms) {
        auto jwk = samples::drawnJwk(algorithm);
        jwk.erase("kid");
        const auto token = edge::signJwt({"alice", kNow + 1h}, samples::signingKey(jwk), algorithm).value();
        const bool either = algorithm == JwtAlgorithm::EdDSA; // two keys suit: which one, a kid must say
        EXPECT_EQ(edge::verifyJwt(token, keys, {}, kNow).has_value(), !either) << edge::jwtAlgorithmName(algorithm);
        if (!either)
            continue;
        const auto named = samples::drawnJwk(algorithm, "Ed25519");
        const auto chosen = edge::signJwt({"alice"}, samples::signingKey(named), algorithm).value();
        EXPECT_EQ(edge::verifyJwt(chosen, keys, {}, kNow)->subject, "alice");
        EXPECT_EQ(edge::readJwtHeader(chosen)->keyId, "Ed25519");
    }
}

// Keys and tokens as printed in the standards. None names an owner, which is looked at after the signature only.
TEST(Jwt, TheSignaturesAreThoseOfTheStandards)
{
    const JwtTime then{1'300'000'000s};
    for (const auto &vector : kJwsVectors) {
        const auto jwk = nlohmann::json::parse(vector.jwk);
        const auto material = jwk["kty"] == "oct" ? edge::JwkMaterial::Secret : edge::JwkMaterial::Public;
        const edge::JwtKeys keys(edge::readJwk(jwk, material).value());
        const auto token = std::string(vector.signedPart) + "." + vector.signature;
        const bool isJson = std::string_view(vector.signedPart).find(".eyJ") != std::string_view::npos;
        EXPECT_THAT(edge::verifyJwt(token, keys, {}, then).error().message, HasSubstr(isJson ? "(sub)" : "well-formed"))
            << vector.source;
        auto forged = token;
        forged[forged.size() - 5] = forged[forged.size() - 5] == 'A' ? 'B' : 'A';
        EXPECT_THAT(edge::verifyJwt(forged, keys, {}, then).error().message, HasSubstr("another key")) << vector.source;
    }
}

TEST(Jwt, AcceptsWhatOtherIssuersWrite)
{
    EXPECT_EQ(verdict(tokenOf(R"({"alg":"HS256"})", kPayload)), "alice") << "typ is optional";
    EXPECT_EQ(verdict(tokenOf(R"({ "typ" : "jwt", "kid":"1", "alg" : "HS256" })", kPayload)), "alice");
    EXPECT_EQ(verdict(tokenOf(kHeader, R"({"sub":"alice","exp":1800000000.5,"iat":1.7e9,"aud":[],"x":{"y":[null]}})")),
              "alice");
    EXPECT_EQ(verdict(tokenOf(kHeader, R"({"sub":"J\u00fcrgen"})")), "J\xc3\xbcrgen");
}

// --- Attacks ---------------------------------------------------------------------------------------------------------

struct Attack {
    const char *name;
    std::string token;
    const char *says;
};

void expectRefused(const std::vector<Attack> &table)
{
    for (const auto &[name, token, says] : table)
        EXPECT_THAT(verdict(token), HasSubstr(says)) << name;
}

TEST(Jwt, TheTokenDoesNotChooseTheAlgorithm)
{
    const auto unsignedPart = [](std::string_view header) {
        return encodeBase64Url(header) + "." + encodeBase64Url(kPayload) + ".";
    };
    const auto with512 = encodeBase64Url(R"({"alg":"HS512"})") + "." + encodeBase64Url(kPayload);
    const auto longer = keyOf(kSecret + kSecret).sign(JwtAlgorithm::HS512, with512).value();
    const char *unknown = "does not take the algorithm";
    expectRefused({
        {"none without a signature", unsignedPart(R"({"alg":"none"})"), "well-formed"},
        {"none, signed", tokenOf(R"({"alg":"none"})", kPayload), unknown},
        {"None", tokenOf(R"({"alg":"None"})", kPayload), unknown},
        {"HS256 without a signature", unsignedPart(kHeader), "well-formed"},
        {"RS256 by a secret", tokenOf(R"({"alg":"RS256"})", kPayload), "does not know the key"},
        {"a secret too short for HS512", with512 + "." + encodeBase64Url(longer), "does not know the key"},
        {"ES256", tokenOf(R"({"alg":"ES256"})", kPayload), "does not know the key"},
        {"lower case", tokenOf(R"({"alg":"hs256"})", kPayload), unknown},
        {"longer", tokenOf(R"({"alg":"HS256\u0000"})", kPayload), unknown},
        {"a list", tokenOf(R"({"alg":["HS256"]})", kPayload), unknown},
        {"none at all", tokenOf(R"({"typ":"JWT"})", kPayload), unknown},
        {"twice", tokenOf(R"({"alg":"HS256","alg":"none"})", kPayload), "well-formed"},
        {"crit", tokenOf(R"({"alg":"HS256","crit":["b64"],"b64":false})", kPayload), "crit"},
        {"empty crit", tokenOf(R"({"alg":"HS256","crit":[]})", kPayload), "crit"},
        {"another kind", tokenOf(R"({"alg":"HS256","typ":"dpop+jwt"})", kPayload), "typ"},
        {"no kind", tokenOf(R"({"alg":"HS256","typ":null})", kPayload), "typ"},
        {"kid a number", tokenOf(R"({"alg":"HS256","kid":1})", kPayload), "kid"},
        {"kid empty", tokenOf(R"({"alg":"HS256","kid":""})", kPayload), "kid"},
    });
}

// The public key is no secret: signing with its text as one must not work, in any of the forms it is published in.
TEST(Jwt, APublicKeyIsNoSecret)
{
    const auto jwk = edge::publicJwk(samples::drawnJwk(JwtAlgorithm::RS256, "k"));
    edge::JwtKeys keys(edge::readJwk(jwk, edge::JwkMaterial::Public).value());
    keys.add(keyOf()); // a relay that takes both
    const auto modulus = jwk["n"].get<std::string>();
    for (const auto &secret : {jwk.dump(), jwk.dump(2), modulus, wire::decodeBase64Url(modulus).value()}) {
        for (const auto *header : {R"({"alg":"HS256"})", R"({"alg":"HS256","kid":"k"})"}) {
            const auto verified = edge::verifyJwt(tokenOf(header, kPayload, secret), keys, {}, kNow);
            ASSERT_FALSE(verified);
            EXPECT_EQ(verified.error().code, wire::Code::Unauthorized);
        }
    }
    for (const auto *header : {R"({"alg":"RS256","kid":"k","jwk":{"kty":"oct","k":"AA"}})",
                               R"({"alg":"RS256","kid":"k","jku":"http://localhost/"})"}) // keys of the token's own
        EXPECT_FALSE(edge::verifyJwt(tokenOf(header, kPayload), keys, {}, kNow));
}

TEST(Jwt, IssuerAndAudienceAreTheRulesOwn)
{
    JwtClaims claims{"alice"};
    claims.issuer = "https://id.example.com";
    claims.audience = {"relay"};
    const auto token = sign(claims).value();
    const edge::JwtKeys keys(keyOf());
    EXPECT_EQ(edge::verifyJwt(token, keys, {"https://id.example.com", {"relay"}}, kNow), claims);
    EXPECT_THAT(edge::verifyJwt(token, keys, {"https://id.example.com", {"another"}}, kNow).error().message,
                HasSubstr("(aud)"));
    EXPECT_THAT(edge::verifyJwt(token, keys, {"https://evil.example.com", {"relay"}}, kNow).error().message,
                HasSubstr("(iss)"));
}

TEST(Jwt, TheSignatureMustBeExact)
{
    const auto good = tokenOf(kHeader, kPayload);
    const auto signedPart = good.substr(0, good.rfind('.'));
    const auto signature = hmac(signedPart, kSecret);
    ASSERT_EQ(verdict(good), "alice");
    for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
        auto wrong = signature;
        wrong[bit / 8] = static_cast<char>(wrong[bit / 8] ^ (1 << bit % 8));
        ASSERT_THAT(verdict(signedPart + "." + encodeBase64Url(wrong)), HasSubstr("another key")) << bit;
    }
    expectRefused({
        {"another key", tokenOf(kHeader, kPayload, kSecret + "x"), "another key"},
        {"cut short", signedPart + "." + encodeBase64Url(signature.substr(0, 31)), "another key"},
        {"drawn out", signedPart + "." + encodeBase64Url(signature + '\0'), "another key"},
        {"a second spelling", good.substr(0, good.size() - 1) + static_cast<char>(good.back() + 1), "another key"},
        {"padded", good + "=", "another key"},
        {"a line break", good + "\n", "another key"},
        {"another payload",
         encodeBase64Url(kHeader) + "." + encodeBase64Url(R"({"sub":"bob"})") + "." + encodeBase64Url(signature),
         "another key"},
    });
}

TEST(Jwt, ThreePartsAndNothingElse)
{
    const auto good = tokenOf(kHeader, kPayload);
    const auto first = good.find('.');
    auto padded = good;
    padded.insert(first, "=");
    expectRefused({
        {"nothing", "", "well-formed"},
        {"one word", "correct-horse-battery-staple", "well-formed"},
        {"points", "..", "well-formed"},
        {"two parts", good.substr(0, good.rfind('.')), "well-formed"},
        {"a trailing point", good + ".", "well-formed"},
        {"a leading point", "." + good, "well-formed"},
        {"five parts (JWE)", good + ".a.b", "well-formed"},
        {"no payload", good.substr(0, first + 1) + good.substr(good.rfind('.')), "well-formed"},
        {"padding inside", padded, "well-formed"},
        {"the other base64", "ey+/" + good, "well-formed"},
        {"a header that is no object", tokenOf(R"(["alg","HS256"])", kPayload), "well-formed"},
        {"a header with a byte too much", tokenOf(std::string(kHeader) + "x", kPayload), "well-formed"},
        {"too long", tokenOf(kHeader, R"({"sub":"alice","x":")" + std::string(wire::kMaxTokenBytes, 'x') + "\"}"),
         "well-formed"},
    });
}

TEST(Jwt, PayloadsThatTwoReadersCouldTakeDifferently)
{
    const auto signedPayload = [](std::string_view payload) { return tokenOf(kHeader, payload); };
    std::string deep = R"({"sub":"alice","x":)";
    deep += std::string(1000, '[') + std::string(1000, ']') + "}";
    expectRefused({
        {"sub twice", signedPayload(R"({"sub":"alice","sub":"bob"})"), "well-formed"},
        {"exp twice", signedPayload(R"({"sub":"alice","exp":1,"exp":9999999999})"), "well-formed"},
        {"sub twice, once escaped", signedPayload(R"({"sub":"alice","\u0073ub":"bob"})"), "well-formed"},
        {"nested deeply", signedPayload(deep), "well-formed"},
        {"no JSON", signedPayload("sub=alice"), "well-formed"},
        {"no object", signedPayload(R"("alice")"), "well-formed"},
        {"no UTF-8", signedPayload("{\"sub\":\"\xff\"}"), "well-formed"},
        {"half a pair", signedPayload(R"({"sub":"\ud800"})"), "well-formed"},
        {"two objects", signedPayload(R"({"sub":"alice"}{"sub":"bob"})"), "well-formed"},
    });
}

TEST(Jwt, TheOwnerMustBeNamed)
{
    const auto withSubject = [](const std::string &value) { return tokenOf(kHeader, "{\"sub\":" + value + "}"); };
    const auto longest = std::string(wire::kMaxJwtSubjectBytes, 'a');
    EXPECT_EQ(verdict(withSubject("\"" + longest + "\"")), longest);
    expectRefused({
        {"absent", tokenOf(kHeader, R"({"iss":"me"})"), "(sub)"},
        {"empty", withSubject("\"\""), "(sub)"},
        {"a number", withSubject("1"), "(sub)"},
        {"null", withSubject("null"), "(sub)"},
        {"too long", withSubject("\"" + longest + "a\""), "(sub)"},
        {"a NUL", withSubject(R"("alice\u0000")"), "(sub)"},
        {"an escape sequence", withSubject(R"("\u001b[2J")"), "(sub)"},
        {"DEL", withSubject(R"("\u007f")"), "(sub)"},
    });
}

// --- Time ------------------------------------------------------------------------------------------------------------

TEST(Jwt, TimesHoldWithAMinuteOfLeeway)
{
    struct Case {
        JwtClaims claims;
        const char *says; // "alice" when accepted
    };
    const Case table[] = {
        {{"alice", kNow + 1s}, "alice"},
        {{"alice", kNow - 59s, {}, {}}, "alice"},
        {{"alice", kNow - 60s, {}, {}}, "the token expired on 2027-01-15 07:59 UTC"},
        {{"alice", kNow - 61s, {}, {}}, "expired"},
        {{"alice", JwtTime{0s}, {}, {}}, "expired on 1970-01-01 00:00 UTC"},
        {{"alice", {}, kNow + 60s, {}}, "alice"},
        {{"alice", {}, kNow + 61s, {}}, "not valid before"},
        {{"alice", kNow + 1h, kNow + 30min, {}}, "not valid before 2027-01-15 08:30 UTC"},
        {{"alice", {}, {}, kNow + 60s}, "alice"},
        {{"alice", {}, {}, kNow + 61s}, "not valid yet"},
    };
    for (const auto &[claims, says] : table)
        EXPECT_THAT(verdict(sign(claims).value()), HasSubstr(says));
}

TEST(Jwt, TimesThatAreNone)
{
    for (const std::string name : {"exp", "nbf", "iat"}) {
        for (const std::string value : {"\"1900000000\"", "true", "null", "[]", "-1", "-0.5", "1e300", "1800000000000",
                                        "253402300800", "18446744073709551615", "99999999999999999999999"}) {
            const auto token = tokenOf(kHeader, R"({"sub":"alice",")" + name + "\":" + value + "}");
            EXPECT_THAT(verdict(token), HasSubstr("the token's " + name + " is no time")) << value;
        }
        EXPECT_THAT(verdict(tokenOf(kHeader, R"({"sub":"alice",")" + name + "\":1e999}")), HasSubstr("well-formed"));
    }
    EXPECT_EQ(verdict(tokenOf(kHeader, R"({"sub":"alice","exp":253402300799})")), "alice");
}

// --- Keys ------------------------------------------------------------------------------------------------------------

TEST(Jwt, SignsNothingThatWouldBeRefused)
{
    for (const auto &subject :
         {std::string(), std::string("a\nb"), std::string("\xff"), std::string(wire::kMaxJwtSubjectBytes + 1, 'a')}) {
        const auto token = sign({subject});
        ASSERT_FALSE(token) << subject;
        EXPECT_EQ(token.error().code, wire::Code::InvalidRequest);
        EXPECT_THAT(token.error().message, HasSubstr("subject"));
    }
}

TEST(Jwt, LooksLikeOne)
{
    EXPECT_TRUE(edge::looksLikeJwt(tokenOf(kHeader, kPayload)));
    EXPECT_TRUE(edge::looksLikeJwt("a.b."));
    EXPECT_FALSE(edge::looksLikeJwt("a.b"));
    EXPECT_FALSE(edge::looksLikeJwt("a.b.c.d.e"));
    EXPECT_FALSE(edge::looksLikeJwt(""));
}

TEST(Jwt, UnverifiedClaimsNeedNoKey)
{
    EXPECT_EQ(edge::readUnverifiedJwt(tokenOf(R"({"alg":"RS256"})", kPayload))->subject, "alice");
    EXPECT_FALSE(edge::readUnverifiedJwt("a.b.c"));
}

TEST(Jwt, ErrorsQuoteNothingOfTheToken)
{
    EXPECT_THAT(verdict(tokenOf(R"({"alg":"secret-word"})", kPayload)), Not(HasSubstr("secret-word")));
    EXPECT_THAT(verdict(tokenOf(kHeader, R"({"sub":"secret-word","exp":1})")), Not(HasSubstr("secret-word")));
}

} // namespace
