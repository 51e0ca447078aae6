#include "core/edge/jwt_samples.h"
#include "edge/jwk.h"

#include <gmock/gmock.h>

namespace {

using edge::JwkMaterial;
using edge::JwtAlgorithm;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

// "RSA" when it is read, or why not.
std::string verdict(const json &jwk, JwkMaterial material = JwkMaterial::Public)
{
    const auto key = edge::readJwk(jwk, material);
    if (key)
        return "read";
    EXPECT_EQ(key.error().code, wire::Code::InvalidRequest);
    return key.error().message;
}

json rsa()
{
    return edge::publicJwk(samples::drawnJwk(JwtAlgorithm::RS256));
}

json ec()
{
    return edge::publicJwk(samples::drawnJwk(JwtAlgorithm::ES256));
}

json okp()
{
    return edge::publicJwk(samples::drawnJwk(JwtAlgorithm::EdDSA));
}

json with(json jwk, const char *member, const json &value)
{
    jwk[member] = value;
    return jwk;
}

json without(json jwk, const char *member)
{
    jwk.erase(member);
    return jwk;
}

TEST(Jwk, ReadsEachTypeWithWhatItSays)
{
    for (const auto algorithm : samples::kAllAlgorithms) {
        auto jwk = samples::drawnJwk(algorithm, "the id");
        jwk["exp"] = 1'800'000'000;
        const auto key = samples::verifyingKey(jwk);
        EXPECT_EQ(key.kind(), edge::keyKindOf(algorithm));
        EXPECT_EQ(key.use().id, "the id");
        EXPECT_EQ(key.use().ends, samples::kNow);
        EXPECT_FALSE(key.use().algorithm);
    }
    auto pinned = rsa();
    pinned["alg"] = "PS256";
    EXPECT_EQ(edge::readJwk(pinned, JwkMaterial::Public)->use().algorithm, JwtAlgorithm::PS256);
}

TEST(Jwk, APublicSetHoldsNothingPrivate)
{
    for (const auto algorithm : {JwtAlgorithm::HS256, JwtAlgorithm::RS256, JwtAlgorithm::ES256, JwtAlgorithm::EdDSA}) {
        const auto jwk = samples::drawnJwk(algorithm);
        EXPECT_THAT(verdict(jwk), HasSubstr("its private part or secret stands in a public set"));
        EXPECT_EQ(verdict(jwk, JwkMaterial::Signing), "read");
    }
    EXPECT_THAT(verdict(with(rsa(), "d", "AQAB")), HasSubstr("private part"));
    EXPECT_THAT(verdict(with(ec(), "d", nullptr)), HasSubstr("private part")) << "whatever it holds";
    EXPECT_THAT(verdict(samples::drawnJwk(JwtAlgorithm::ES256), JwkMaterial::Secret), HasSubstr("no secret"));
    EXPECT_THAT(verdict(rsa(), JwkMaterial::Signing), HasSubstr("numbers"));
}

struct Case {
    const char *what;
    json jwk;
    const char *says;
};

TEST(Jwk, SaysWhatIsWrong)
{
    const auto one = [](const char *member, const json &value) { return with(ec(), member, value); };
    const Case table[] = {
        {"no object", json("kty"), "no JSON object"},
        {"no type", without(rsa(), "kty"), "(kty)"},
        {"unknown type", with(rsa(), "kty", "DSA"), "(kty)"},
        {"type no text", with(rsa(), "kty", 1), "(kty)"},
        {"for encryption", with(rsa(), "use", "enc"), "(use)"},
        {"use no text", with(rsa(), "use", json::array({"sig"})), "(use)"},
        {"for encryption by operations", with(rsa(), "key_ops", json::array({"encrypt"})), "(key_ops)"},
        {"signing only", with(rsa(), "key_ops", json::array({"sign"})), "(key_ops)"},
        {"operations no list", with(rsa(), "key_ops", "verify"), "(key_ops)"},
        {"unknown algorithm", with(rsa(), "alg", "RSA-OAEP"), "(alg)"},
        {"none", with(rsa(), "alg", "none"), "(alg)"},
        {"another type's algorithm", with(rsa(), "alg", "ES256"), "algorithm (alg) is one of other keys"},
        {"RSA as a secret", with(rsa(), "alg", "HS256"), "algorithm (alg) is one of other keys"},
        {"kid no text", with(rsa(), "kid", 1), "kid"},
        {"kid empty", with(rsa(), "kid", ""), "kid"},
        {"kid long", with(rsa(), "kid", std::string(257, 'k')), "kid"},
        {"end no time", with(rsa(), "exp", "soon"), "exp"},
        {"no modulus", without(rsa(), "n"), "numbers"},
        {"padded", with(rsa(), "e", "AQAB="), "numbers"},
        {"empty number", with(rsa(), "e", ""), "numbers"},
        {"even exponent", with(rsa(), "e", "AQAA"), "exponent"},
        {"exponent 1", with(rsa(), "e", "AQ"), "exponent"},
        {"huge exponent", with(rsa(), "e", wire::encodeBase64Url("\x01" + std::string(8, '\x01'))), "exponent"},
        {"huge modulus", with(rsa(), "n", wire::encodeBase64Url(std::string(1025, '\xff'))), "numbers"},
        {"small modulus", with(rsa(), "n", wire::encodeBase64Url(std::string(128, '\xff'))),
         "2048 to 8192 bits, not 1024"},
        {"one bit too small", with(rsa(), "n", wire::encodeBase64Url("\x7f" + std::string(255, '\xff'))), "not 2047"},
        {"unknown curve", one("crv", "secp256k1"), "(crv)"},
        {"another curve", one("crv", "P-384"), "no point"},
        {"off the curve", one("x", ec()["y"]), "no point"},
        {"short coordinate", one("x", wire::encodeBase64Url(std::string(31, 'x'))), "no point"},
        {"zero", one("x", wire::encodeBase64Url(std::string(32, '\0'))), "no point"},
        {"key agreement", with(okp(), "crv", "X25519"), "(crv)"},
        {"short key", with(okp(), "x", wire::encodeBase64Url(std::string(31, 'x'))), "no point"},
        {"the other curve's size", with(okp(), "crv", "Ed448"), "no point"},
    };
    for (const auto &[what, jwk, says] : table)
        EXPECT_THAT(verdict(jwk), HasSubstr(says)) << what;
}

TEST(Jwk, SecretsHaveTheirLength)
{
    const auto secret = [](std::size_t size) {
        return json{{"kty", "oct"}, {"k", wire::encodeBase64Url(std::string(size, 's'))}};
    };
    EXPECT_EQ(verdict(secret(32), JwkMaterial::Secret), "read");
    EXPECT_THAT(verdict(secret(31), JwkMaterial::Secret), HasSubstr("32 to 4096 bytes"));
    EXPECT_THAT(verdict(with(secret(32), "alg", "HS512"), JwkMaterial::Secret), HasSubstr("(alg)"))
        << "too short for it";
    EXPECT_THAT(verdict(json{{"kty", "oct"}}, JwkMaterial::Secret), HasSubstr("not 0"));
}

TEST(Jwk, ErrorsQuoteNothing)
{
    EXPECT_THAT(verdict(with(rsa(), "alg", "secret-word")), Not(HasSubstr("secret-word")));
    EXPECT_THAT(verdict(with(rsa(), "kty", "secret-word")), Not(HasSubstr("secret-word")));
}

TEST(Jwk, ThePublicPartIsTheSameKey)
{
    for (const auto algorithm : {JwtAlgorithm::RS256, JwtAlgorithm::ES384, JwtAlgorithm::Ed448}) {
        const auto jwk = samples::drawnJwk(algorithm);
        const auto open = edge::publicJwk(jwk);
        for (const auto *member : {"d", "p", "q", "dp", "dq", "qi", "k"})
            EXPECT_FALSE(open.contains(member));
        EXPECT_EQ(open["kid"], jwk["kid"]);
        EXPECT_EQ(verdict(open), "read");
    }
    EXPECT_TRUE(edge::publicJwk(samples::drawnJwk(JwtAlgorithm::HS256)).is_null());
    EXPECT_TRUE(edge::publicJwk(json::array()).is_null());
    EXPECT_FALSE(edge::publicJwk(json{{"kty", json::array({"oct"})}, {"k", "x"}}).contains("k"))
        << "found by the fuzzer";
}

} // namespace
