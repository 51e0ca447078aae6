#include "edge/jwt.h"
#include "wire/base64.h"

#include <gmock/gmock.h>
#include <openssl/hmac.h>

#include <array>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
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

std::string hmac(std::string_view text, const std::string &secret, const EVP_MD *hash = EVP_sha256())
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
    unsigned size = 0;
    HMAC(hash, secret.data(), static_cast<int>(secret.size()), reinterpret_cast<const unsigned char *>(text.data()),
         text.size(), code.data(), &size);
    return {code.begin(), code.begin() + size};
}

// Any header and payload, rightly signed.
std::string tokenOf(std::string_view header, std::string_view payload, const std::string &secret = kSecret)
{
    const auto signedPart = encodeBase64Url(header) + "." + encodeBase64Url(payload);
    return signedPart + "." + encodeBase64Url(hmac(signedPart, secret));
}

// The claims' subject, or why the token is refused.
std::string verdict(std::string_view token, JwtTime now = kNow)
{
    const auto claims = keyOf().verify(token, now);
    if (claims)
        return claims->subject;
    EXPECT_EQ(claims.error().code, wire::Code::Unauthorized);
    return claims.error().message;
}

TEST(Jwt, WhatWeSignWeAccept)
{
    const JwtClaims claims{"alice@example.com", kNow + 1h, kNow - 1h, kNow - 2h};
    const auto token = keyOf().sign(claims);
    ASSERT_TRUE(token) << token.error().message;
    EXPECT_EQ(keyOf().verify(*token, kNow), claims);
    EXPECT_EQ(edge::readUnverifiedJwt(*token), claims);
    EXPECT_THAT(*token, Not(HasSubstr("=")));

    const JwtClaims plain{"bob", {}, {}, {}};
    EXPECT_EQ(keyOf().verify(keyOf().sign(plain).value(), kNow), plain) << "without times it holds forever";
}

// RFC 7515 A.1: key and token as printed there. It has no `sub`, which is looked at after the signature only.
TEST(Jwt, TheSignatureIsThatOfTheStandard)
{
    const auto key =
        keyOf(wire::decodeBase64Url("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAz"
                                    "Zr1Z9CAow")
                  .value());
    const std::string token =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh"
        "0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const JwtTime then{1'300'000'000s};
    EXPECT_THAT(key.verify(token, then).error().message, HasSubstr("(sub)"));
    EXPECT_THAT(keyOf().verify(token, then).error().message, HasSubstr("another secret"));
}

TEST(Jwt, AcceptsWhatOtherIssuersWrite)
{
    EXPECT_EQ(verdict(tokenOf(R"({"alg":"HS256"})", kPayload)), "alice") << "typ is optional";
    EXPECT_EQ(verdict(tokenOf(R"({ "typ" : "jwt", "kid":"1", "alg" : "HS256" })", kPayload)), "alice");
    EXPECT_EQ(
        verdict(tokenOf(kHeader, R"({"sub":"alice","exp":1800000000.5,"iat":1.7e9,"aud":["a"],"x":{"y":[null]}})")),
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
    expectRefused({
        {"none without a signature", unsignedPart(R"({"alg":"none"})"), "well-formed"},
        {"none, signed", tokenOf(R"({"alg":"none"})", kPayload), "HS256 only"},
        {"None", tokenOf(R"({"alg":"None"})", kPayload), "HS256 only"},
        {"HS256 without a signature", unsignedPart(kHeader), "well-formed"},
        {"a public key as the secret", tokenOf(R"({"alg":"RS256"})", kPayload), "HS256 only"},
        {"HS512", with512 + "." + encodeBase64Url(hmac(with512, kSecret, EVP_sha512())), "HS256 only"},
        {"ES256", tokenOf(R"({"alg":"ES256"})", kPayload), "HS256 only"},
        {"lower case", tokenOf(R"({"alg":"hs256"})", kPayload), "HS256 only"},
        {"longer", tokenOf(R"({"alg":"HS256\u0000"})", kPayload), "HS256 only"},
        {"a list", tokenOf(R"({"alg":["HS256"]})", kPayload), "HS256 only"},
        {"none at all", tokenOf(R"({"typ":"JWT"})", kPayload), "HS256 only"},
        {"twice", tokenOf(R"({"alg":"HS256","alg":"none"})", kPayload), "well-formed"},
        {"crit", tokenOf(R"({"alg":"HS256","crit":["b64"],"b64":false})", kPayload), "crit"},
        {"empty crit", tokenOf(R"({"alg":"HS256","crit":[]})", kPayload), "crit"},
        {"another kind", tokenOf(R"({"alg":"HS256","typ":"dpop+jwt"})", kPayload), "typ"},
        {"no kind", tokenOf(R"({"alg":"HS256","typ":null})", kPayload), "typ"},
    });
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
        ASSERT_THAT(verdict(signedPart + "." + encodeBase64Url(wrong)), HasSubstr("another secret")) << bit;
    }
    expectRefused({
        {"another secret", tokenOf(kHeader, kPayload, kSecret + "x"), "another secret"},
        {"cut short", signedPart + "." + encodeBase64Url(signature.substr(0, 31)), "another secret"},
        {"drawn out", signedPart + "." + encodeBase64Url(signature + '\0'), "another secret"},
        {"a second spelling", good.substr(0, good.size() - 1) + static_cast<char>(good.back() + 1), "another secret"},
        {"padded", good + "=", "another secret"},
        {"a line break", good + "\n", "another secret"},
        {"another payload",
         encodeBase64Url(kHeader) + "." + encodeBase64Url(R"({"sub":"bob"})") + "." + encodeBase64Url(signature),
         "another secret"},
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
        {{"alice", kNow + 1s, {}, {}}, "alice"},
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
        EXPECT_THAT(verdict(keyOf().sign(claims).value()), HasSubstr(says));
}

TEST(Jwt, TimesAreToldToTheEndOfTheCalendar)
{
    EXPECT_EQ(edge::jwtTimeText(kNow), "2027-01-15 08:00 UTC");
    EXPECT_EQ(edge::jwtTimeText(JwtTime{std::chrono::seconds(wire::kMaxJwtTime)}), "9999-12-31 23:59 UTC");
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

TEST(JwtKey, ASecretMustBeLongEnough)
{
    EXPECT_TRUE(JwtKey::fromSecret(std::string(wire::kMinJwtSecretBytes, 's')));
    EXPECT_TRUE(JwtKey::fromSecret(std::string(wire::kMaxJwtSecretBytes, 's')));
    for (const auto size : {std::size_t{0}, wire::kMinJwtSecretBytes - 1, wire::kMaxJwtSecretBytes + 1}) {
        const auto key = JwtKey::fromSecret(std::string(size, 's'));
        ASSERT_FALSE(key) << size;
        EXPECT_EQ(key.error().code, wire::Code::InvalidRequest);
        EXPECT_THAT(key.error().message, HasSubstr("32 to 4096 bytes, not " + std::to_string(size)));
    }
}

TEST(JwtKey, SignsNothingThatWouldBeRefused)
{
    for (const auto &subject :
         {std::string(), std::string("a\nb"), std::string("\xff"), std::string(wire::kMaxJwtSubjectBytes + 1, 'a')}) {
        const auto token = keyOf().sign({subject, {}, {}, {}});
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
    EXPECT_EQ(edge::readUnverifiedJwt(tokenOf(R"({"alg":"RS256"})", kPayload, "another"))->subject, "alice");
    EXPECT_FALSE(edge::readUnverifiedJwt("a.b.c"));
}

TEST(Jwt, ErrorsQuoteNothingOfTheToken)
{
    EXPECT_THAT(verdict(tokenOf(R"({"alg":"secret-word"})", kPayload)), Not(HasSubstr("secret-word")));
    EXPECT_THAT(verdict(tokenOf(kHeader, R"({"sub":"secret-word","exp":1})")), Not(HasSubstr("secret-word")));
}

} // namespace
