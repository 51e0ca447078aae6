// What a token says of its owner, as one value, and whether that holds here and now: registered claims (RFC 7519 4.1) and
// what the token may do. Pure; any thread; the clock is an argument. Every error is Unauthorized with a clause for the
// token's owner that quotes nothing of the token.
#pragma once

#include "wire/result.h"

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace edge {

using JwtTime = std::chrono::sys_seconds;

struct JwtClaims {
    std::string subject; // `sub`, never empty: who owns the names
    std::optional<JwtTime> expires{}; // `exp`
    std::optional<JwtTime> notBefore{}; // `nbf`
    std::optional<JwtTime> issued{}; // `iat`
    std::string issuer{}; // `iss`, empty when absent
    std::vector<std::string> audience{}; // `aud`
    std::string id{}; // `jti`, empty when absent
    // What it may do; absent is no limit of the token's own.
    std::optional<std::vector<std::string>> tunnels{}; // name_pattern.h
    std::optional<std::uint64_t> maxTunnels{}; // `max_tunnels`: at once, over all tokens of the subject
    std::optional<std::uint64_t> maxBodyBytes{}; // `max_body_bytes`: of one request
    std::optional<double> rate{}; // requests/s

    friend bool operator==(const JwtClaims &, const JwtClaims &) = default;
};

// What this relay calls itself and whom it believes; empty is anybody.
struct JwtRules {
    std::string issuer;
    std::vector<std::string> audiences; // a token must be for one of them

    friend bool operator==(const JwtRules &, const JwtRules &) = default;
};

[[nodiscard]] wire::Result<JwtClaims> readJwtClaims(const nlohmann::json &payload);
[[nodiscard]] nlohmann::json jwtPayload(const JwtClaims &claims);

// Whether the claims hold at this time, give or take kJwtLeeway.
[[nodiscard]] wire::Result<> checkJwtTimes(const JwtClaims &claims, JwtTime now);
// A token that names an audience is for none that has no name (RFC 7519 4.1.3).
[[nodiscard]] wire::Result<> checkJwtParties(const JwtClaims &claims, const JwtRules &rules);
[[nodiscard]] bool allowsTunnel(const JwtClaims &claims, std::string_view name) noexcept;

// "2026-01-31 12:00 UTC"
[[nodiscard]] std::string jwtTimeText(JwtTime time);
// NumericDate (RFC 7519 2): seconds, possibly with a fraction, within the years that a calendar knows.
[[nodiscard]] std::optional<JwtTime> numericDate(const nlohmann::json &value);

} // namespace edge
