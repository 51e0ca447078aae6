// Makes new keys for tokens, as JSON Web Keys with their private part (RFC 7517, RFC 7518 6, RFC 8037 2). Any thread;
// an RSA key takes some 100 ms.
#pragma once

#include "edge/jwt_key.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace edge {

// With this id (`kid`), for signatures with `algorithm` only. InternalError when the system gives none.
[[nodiscard]] wire::Result<nlohmann::json> drawJwk(JwtAlgorithm algorithm, const std::string &id);

} // namespace edge
