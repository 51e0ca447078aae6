// The keys of the fuzzers of tokens and key sets: the public ones as printed in RFC 7515 A and RFC 8037 A.
#pragma once

#include "core/edge/jws_vectors.h"
#include "edge/jwt_keys.h"

#include <nlohmann/json.hpp>

#include <utility>
#include <vector>

namespace fuzz {

inline const edge::JwtKey &secretKey()
{
    static const auto made = edge::JwtKey::fromSecret("a secret of the fuzzer, long enough for HS256");
    return *made;
}

inline edge::JwtKey standardKey(const JwsVector &vector)
{
    const auto jwk = nlohmann::json::parse(vector.jwk);
    const bool secret = jwk["kty"] == "oct";
    return *edge::readJwk(jwk, secret ? edge::JwkMaterial::Secret : edge::JwkMaterial::Public);
}

inline const std::vector<std::pair<edge::JwtAlgorithm, edge::JwtKey>> &openKeys()
{
    static const auto made = [] {
        std::vector<std::pair<edge::JwtAlgorithm, edge::JwtKey>> keys;
        for (const auto &vector : kJwsVectors)
            keys.emplace_back(*edge::jwtAlgorithmOf(vector.algorithm), standardKey(vector));
        return keys;
    }();
    return made;
}

// The secret, and each of those keys but the standards' own secret.
inline edge::JwtKeys allKeys()
{
    edge::JwtKeys keys(*edge::JwtKey::fromSecret("a secret of the fuzzer, long enough for HS256"));
    for (const auto &vector : kJwsVectors) {
        if (std::string_view(vector.algorithm) != "HS256")
            keys.add(standardKey(vector));
    }
    return keys;
}

} // namespace fuzz
