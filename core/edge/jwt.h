// JSON Web Tokens of tunnel clients (RFC 7519), in the one form that is accepted: compact JWS (RFC 7515 7.1). Which key and
// algorithm count is the relay's choice, not the token's; what a token says is looked at only once its signature holds.
// Pure; any thread; the clock is an argument. Every error is Unauthorized with a clause for the token's owner that quotes
// nothing of the token.
#pragma once

#include "edge/jwt_claims.h"
#include "edge/jwt_keys.h"

#include <string>
#include <string_view>

namespace edge {

// The claims of a token signed with one of these keys, by these rules, and valid at `now`, give or take kJwtLeeway.
[[nodiscard]] wire::Result<JwtClaims> verifyJwt(std::string_view token, const JwtKeys &keys, const JwtRules &rules,
                                                JwtTime now);
// InvalidRequest for claims that no relay would accept, and for a key that cannot sign so.
[[nodiscard]] wire::Result<std::string> signJwt(const JwtClaims &claims, const JwtKey &key, JwtAlgorithm algorithm);

// Three parts with points between them: worth telling its owner why it is refused, when it is.
[[nodiscard]] bool looksLikeJwt(std::string_view token) noexcept;
// What a token says, whoever signed it: to choose a key, or to show it to its owner, never to decide anything.
[[nodiscard]] wire::Result<JwtHeader> readJwtHeader(std::string_view token);
[[nodiscard]] wire::Result<JwtClaims> readUnverifiedJwt(std::string_view token);

} // namespace edge
