// Keys and tokens for tests: one key of each kind, drawn once a run, and tokens of any header and payload.
#pragma once

#include "edge/jwk.h"
#include "edge/jwk_draw.h"
#include "edge/jwt.h"
#include "wire/base64.h"

#include <nlohmann/json.hpp>

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace samples {

constexpr edge::JwtTime kNow{std::chrono::seconds(1'800'000'000)};

constexpr edge::JwtAlgorithm kAllAlgorithms[] = {
    edge::JwtAlgorithm::HS256, edge::JwtAlgorithm::HS384,   edge::JwtAlgorithm::HS512, edge::JwtAlgorithm::RS256,
    edge::JwtAlgorithm::RS384, edge::JwtAlgorithm::RS512,   edge::JwtAlgorithm::PS256, edge::JwtAlgorithm::PS384,
    edge::JwtAlgorithm::PS512, edge::JwtAlgorithm::ES256,   edge::JwtAlgorithm::ES384, edge::JwtAlgorithm::ES512,
    edge::JwtAlgorithm::EdDSA, edge::JwtAlgorithm::Ed25519, edge::JwtAlgorithm::Ed448,
};

// With its private part; without `alg`, so that it signs whatever suits its kind.
inline nlohmann::json drawnJwk(edge::JwtAlgorithm algorithm, const std::string &id = "k")
{
    static std::map<edge::JwtKeyKind, nlohmann::json> drawn;
    auto &jwk = drawn[edge::keyKindOf(algorithm)];
    if (jwk.is_null()) {
        const bool secret = edge::keyKindOf(algorithm) == edge::JwtKeyKind::Secret; // one long enough for all three
        jwk = edge::drawJwk(secret ? edge::JwtAlgorithm::HS512 : algorithm, id).value();
        jwk.erase("alg");
    }
    jwk["kid"] = id;
    return jwk;
}

inline edge::JwtKey signingKey(const nlohmann::json &jwk)
{
    auto key = edge::readJwk(jwk, edge::JwkMaterial::Signing);
    if (!key)
        throw std::runtime_error(key.error().message);
    return *std::move(key);
}

// As a relay has it: without the private part.
inline edge::JwtKey verifyingKey(const nlohmann::json &jwk)
{
    const auto open = edge::publicJwk(jwk);
    auto key =
        open.is_null() ? edge::readJwk(jwk, edge::JwkMaterial::Secret) : edge::readJwk(open, edge::JwkMaterial::Public);
    if (!key)
        throw std::runtime_error(key.error().message);
    return *std::move(key);
}

inline std::string tokenOf(std::string_view header, std::string_view payload, const edge::JwtKey &key,
                           edge::JwtAlgorithm algorithm)
{
    const auto signedPart = wire::encodeBase64Url(header) + "." + wire::encodeBase64Url(payload);
    return signedPart + "." + wire::encodeBase64Url(key.sign(algorithm, signedPart).value());
}

} // namespace samples
