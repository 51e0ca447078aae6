#include "core/edge/jws_vectors.h"
#include "core/edge/jwt_samples.h"
#include "edge/jwt_key.h"
#include "wire/limits.h"

#include <gmock/gmock.h>

namespace {

using edge::JwtAlgorithm;
using edge::JwtKey;
using testing::HasSubstr;

std::string decoded(std::string_view text)
{
    return wire::decodeBase64Url(text).value();
}

TEST(JwtKey, VerifiesTheSignaturesOfTheStandards)
{
    for (const auto &vector : kJwsVectors) {
        const auto jwk = nlohmann::json::parse(vector.jwk);
        const auto material = jwk["kty"] == "oct" ? edge::JwkMaterial::Secret : edge::JwkMaterial::Public;
        const auto key = edge::readJwk(jwk, material);
        ASSERT_TRUE(key) << vector.source << key.error().message;
        const auto algorithm = edge::jwtAlgorithmOf(vector.algorithm).value();
        auto signature = decoded(vector.signature);
        EXPECT_TRUE(key->verify(algorithm, vector.signedPart, signature)) << vector.source;
        EXPECT_FALSE(key->verify(algorithm, std::string(vector.signedPart) + "x", signature)) << vector.source;
        signature.back() = static_cast<char>(signature.back() ^ 1);
        EXPECT_FALSE(key->verify(algorithm, vector.signedPart, signature)) << vector.source;
    }
}

TEST(JwtKey, SignsWithEachAlgorithmWhatItsOtherHalfVerifies)
{
    for (const auto algorithm : samples::kAllAlgorithms) {
        const auto jwk = samples::drawnJwk(algorithm);
        const auto signature = samples::signingKey(jwk).sign(algorithm, "text");
        ASSERT_TRUE(signature) << edge::jwtAlgorithmName(algorithm);
        const auto verifier = samples::verifyingKey(jwk);
        EXPECT_TRUE(verifier.verify(algorithm, "text", *signature)) << edge::jwtAlgorithmName(algorithm);
        EXPECT_FALSE(verifier.verify(algorithm, "texT", *signature));
        for (const auto other : samples::kAllAlgorithms) {
            const bool edwards = edge::digestOf(algorithm) == nullptr; // EdDSA is another name of both
            const bool same = other == algorithm || (edwards && edge::suits(verifier.kind(), other));
            EXPECT_EQ(verifier.verify(other, "text", *signature), same)
                << edge::jwtAlgorithmName(algorithm) << " as " << edge::jwtAlgorithmName(other);
        }
    }
}

TEST(JwtKey, SignaturesOfAnotherSizeAreNone)
{
    for (const auto algorithm : {JwtAlgorithm::HS256, JwtAlgorithm::RS256, JwtAlgorithm::PS256, JwtAlgorithm::ES256,
                                 JwtAlgorithm::ES512, JwtAlgorithm::EdDSA}) {
        const auto key = samples::signingKey(samples::drawnJwk(algorithm));
        const auto good = key.sign(algorithm, "text").value();
        EXPECT_FALSE(key.verify(algorithm, "text", ""));
        EXPECT_FALSE(key.verify(algorithm, "text", good.substr(1)));
        EXPECT_FALSE(key.verify(algorithm, "text", good.substr(0, good.size() - 1)));
        EXPECT_FALSE(key.verify(algorithm, "text", good + '\0'));
        EXPECT_FALSE(key.verify(algorithm, "text", '\0' + good));
        EXPECT_FALSE(key.verify(algorithm, "text", std::string(good.size(), '\0'))) << "r = s = 0 (CVE-2022-21449)";
    }
}

TEST(JwtKey, AKeyMadeForOneAlgorithmTakesNoOther)
{
    auto jwk = samples::drawnJwk(JwtAlgorithm::RS256);
    const auto signature = samples::signingKey(jwk).sign(JwtAlgorithm::PS256, "text").value();
    jwk["alg"] = "RS256";
    const auto key = samples::verifyingKey(jwk);
    EXPECT_TRUE(key.suits(JwtAlgorithm::RS256));
    EXPECT_FALSE(key.suits(JwtAlgorithm::PS256));
    EXPECT_FALSE(key.verify(JwtAlgorithm::PS256, "text", signature));
}

TEST(JwtKey, WithoutItsPrivatePartItDoesNotSign)
{
    const auto key = samples::verifyingKey(samples::drawnJwk(JwtAlgorithm::ES256));
    EXPECT_EQ(key.sign(JwtAlgorithm::ES256, "text").error().code, wire::Code::InvalidRequest);
    EXPECT_FALSE(samples::signingKey(samples::drawnJwk(JwtAlgorithm::ES256)).sign(JwtAlgorithm::RS256, "text"));
}

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

// RFC 7518 3.2
TEST(JwtKey, ASecretIsAsLongAsTheHash)
{
    const auto key = JwtKey::fromSecret(std::string(48, 's'));
    EXPECT_TRUE(key->suits(JwtAlgorithm::HS256));
    EXPECT_TRUE(key->suits(JwtAlgorithm::HS384));
    EXPECT_FALSE(key->suits(JwtAlgorithm::HS512));
    EXPECT_FALSE(key->sign(JwtAlgorithm::HS512, "text"));
}

} // namespace
