#include "core/edge/jwt_samples.h"
#include "edge/jwt_algorithm.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

namespace {

using edge::JwtAlgorithm;
using edge::JwtKeyKind;

TEST(JwtAlgorithm, NamesAreExact)
{
    for (const auto algorithm : samples::kAllAlgorithms)
        EXPECT_EQ(edge::jwtAlgorithmOf(edge::jwtAlgorithmName(algorithm)), algorithm);
    for (const auto *name : {"none", "None", "NONE", "", "hs256", "HS256 ", "ES256K", "RSA1_5", "A128KW", "eddsa"})
        EXPECT_FALSE(edge::jwtAlgorithmOf(name)) << name;
    EXPECT_FALSE(edge::jwtAlgorithmOf(std::string_view("HS256\0", 6)));
}

// The heart of the defence against confused algorithms.
TEST(JwtAlgorithm, EachIsForOneKindOfKey)
{
    constexpr JwtKeyKind kinds[] = {JwtKeyKind::Secret, JwtKeyKind::Rsa,     JwtKeyKind::P256, JwtKeyKind::P384,
                                    JwtKeyKind::P521,   JwtKeyKind::Ed25519, JwtKeyKind::Ed448};
    for (const auto algorithm : samples::kAllAlgorithms) {
        int count = 0;
        for (const auto kind : kinds)
            count += edge::suits(kind, algorithm) ? 1 : 0;
        EXPECT_EQ(count, algorithm == JwtAlgorithm::EdDSA ? 2 : 1) << edge::jwtAlgorithmName(algorithm);
        EXPECT_TRUE(edge::suits(edge::keyKindOf(algorithm), algorithm));
    }
    EXPECT_FALSE(edge::suits(JwtKeyKind::P256, JwtAlgorithm::ES384));
    EXPECT_FALSE(edge::suits(JwtKeyKind::Rsa, JwtAlgorithm::HS256));
    EXPECT_FALSE(edge::suits(JwtKeyKind::Ed448, JwtAlgorithm::Ed25519));
}

TEST(JwtAlgorithm, HashesAreThoseOfTheName)
{
    EXPECT_EQ(EVP_MD_get_size(edge::digestOf(JwtAlgorithm::PS384)), 48);
    EXPECT_EQ(EVP_MD_get_size(edge::digestOf(JwtAlgorithm::ES512)), 64);
    EXPECT_EQ(edge::digestOf(JwtAlgorithm::EdDSA), nullptr);
    EXPECT_TRUE(edge::isPss(JwtAlgorithm::PS256));
    EXPECT_FALSE(edge::isPss(JwtAlgorithm::RS256));
    EXPECT_EQ(edge::coordinateBytes(JwtKeyKind::P521), 66U);
    EXPECT_EQ(edge::coordinateBytes(JwtKeyKind::Rsa), 0U);
}

} // namespace
