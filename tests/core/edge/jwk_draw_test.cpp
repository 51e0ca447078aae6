#include "core/edge/jwt_samples.h"
#include "edge/jwk_draw.h"

#include <gtest/gtest.h>

namespace {

TEST(JwkDraw, MakesAKeyForEachAlgorithmThatNoOneElseHas)
{
    for (const auto algorithm : samples::kAllAlgorithms) {
        if (edge::keyKindOf(algorithm) == edge::JwtKeyKind::Rsa && algorithm != edge::JwtAlgorithm::PS256)
            continue; // one of 3072 bits takes a while, with a sanitizer seconds
        const auto first = edge::drawJwk(algorithm, "first").value();
        EXPECT_EQ(first["alg"], edge::jwtAlgorithmName(algorithm));
        EXPECT_EQ(first["kid"], "first");
        EXPECT_EQ(first["use"], "sig");
        const auto key = samples::signingKey(first);
        const auto signature = key.sign(algorithm, "text");
        ASSERT_TRUE(signature) << edge::jwtAlgorithmName(algorithm);
        EXPECT_TRUE(samples::verifyingKey(first).verify(algorithm, "text", *signature));
    }
    EXPECT_NE(edge::drawJwk(edge::JwtAlgorithm::EdDSA, "k")->at("d"),
              edge::drawJwk(edge::JwtAlgorithm::EdDSA, "k")->at("d"));
    EXPECT_NE(edge::drawJwk(edge::JwtAlgorithm::HS256, "k")->at("k"),
              edge::drawJwk(edge::JwtAlgorithm::HS256, "k")->at("k"));
}

// RFC 7518 6.2.1.2: leading zeros are kept, which one key in 256 has.
TEST(JwkDraw, CoordinatesHaveTheCurvesSize)
{
    for (int i = 0; i < 300; ++i) {
        const auto jwk = edge::drawJwk(edge::JwtAlgorithm::ES256, "k").value();
        for (const auto *member : {"x", "y", "d"})
            ASSERT_EQ(wire::decodeBase64Url(jwk[member].get<std::string>())->size(), 32U);
    }
}

} // namespace
