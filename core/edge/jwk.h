// JSON Web Keys (RFC 7517, RFC 7518 6, RFC 8037 2): read into keys, and stripped of their private part. What is read is
// untrusted. Owns nothing; any thread. Errors are InvalidRequest with a clause that quotes nothing of the key.
#pragma once

#include "edge/jwt_key.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace edge {

// Which parts a key may have. A public set that holds private parts has published them: such a key is worth nothing.
enum class JwkMaterial : std::uint8_t {
    Public, // no private part, no secret
    Secret, // `oct` only
    Signing, // `oct`, or with its private part
};

[[nodiscard]] wire::Result<JwtKey> readJwk(const nlohmann::json &jwk, JwkMaterial material);
// What may be published: nothing private. Null for a secret.
[[nodiscard]] nlohmann::json publicJwk(const nlohmann::json &jwk);

} // namespace edge
