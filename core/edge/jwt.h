// JSON Web Tokens of tunnel clients (RFC 7519), in the one form that is accepted: compact JWS (RFC 7515 7.1), HS256 (RFC
// 7518 3.2) with a secret that the relay and whoever issues the tokens share. What a token says is looked at only once its
// signature holds. Pure but for the key's memory; any thread; the clock is an argument. Every error is Unauthorized with a
// clause for the token's owner that quotes nothing of the token.
#pragma once

#include "wire/limits.h"
#include "wire/result.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace edge {

using JwtTime = std::chrono::sys_seconds;

struct JwtClaims {
    std::string subject; // `sub`, never empty: who owns the names
    std::optional<JwtTime> expires; // `exp`
    std::optional<JwtTime> notBefore; // `nbf`
    std::optional<JwtTime> issued; // `iat`

    friend bool operator==(const JwtClaims &, const JwtClaims &) = default;
};

class JwtKey {
public:
    // A secret of kMinJwtSecretBytes to kMaxJwtSecretBytes; InvalidRequest for another.
    [[nodiscard]] static wire::Result<JwtKey> fromSecret(std::string secret);
    ~JwtKey(); // wipes it
    JwtKey(JwtKey &&) noexcept = default;
    JwtKey &operator=(JwtKey &&) = delete; // the secret assigned to would stay in memory
    JwtKey(const JwtKey &) = delete;
    JwtKey &operator=(const JwtKey &) = delete;

    // The claims of a token signed with this key and valid at `now`, give or take kJwtLeeway.
    [[nodiscard]] wire::Result<JwtClaims> verify(std::string_view token, JwtTime now) const;
    // InvalidRequest for claims that no relay would accept.
    [[nodiscard]] wire::Result<std::string> sign(const JwtClaims &claims) const;

private:
    explicit JwtKey(std::string secret) : m_secret(std::move(secret)) {}

    [[nodiscard]] std::string signatureOf(std::string_view signedPart) const;

    std::string m_secret;
};

// Three parts with points between them: worth telling its owner why it is refused, when it is.
[[nodiscard]] bool looksLikeJwt(std::string_view token) noexcept;

// What a token says, whoever signed it: to show it to its owner, never to decide anything.
[[nodiscard]] wire::Result<JwtClaims> readUnverifiedJwt(std::string_view token);

// Whether the claims hold at this time.
[[nodiscard]] wire::Result<> checkJwtTimes(const JwtClaims &claims, JwtTime now);

// "2026-01-31 12:00 UTC"
[[nodiscard]] std::string jwtTimeText(JwtTime time);

} // namespace edge
