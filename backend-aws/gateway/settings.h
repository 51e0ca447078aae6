// The configuration that an operator keeps in one TOML document: every key with its default on one page (backend-aws/README.md).
// A value; any thread.
#pragma once

#include "wire/limits.h"
#include "wire/result.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace gateway {

enum class LogLevel : std::uint8_t { Debug, Info, Warn, Error };
enum class RewriteStrategy : std::uint8_t { Full, Base, None };

struct TunnelSettings {
    std::int64_t maxConnections = 10'000; // tunnel clients at once
    std::chrono::seconds requestTimeout = wire::kGatewayRequestTimeout;
    std::chrono::seconds heartbeat = wire::kV1Heartbeat; // told to clients
};

struct PerformanceSettings {
    bool caching = true; // of a tunnel's links
    bool contentRewrite = true; // told to clients
    RewriteStrategy rewriteStrategy = RewriteStrategy::Full;
};

struct SecuritySettings {
    bool requireAuthentication = true;
    bool rateLimiting = true;
    std::int64_t maxRequestsPerMinute = wire::kRequestsPerMinute; // of one tunnel
};

struct ObservabilitySettings {
    LogLevel logLevel = LogLevel::Info;
    bool metrics = true;
    bool structuredLogging = true;
};

struct FeatureFlags {
    bool pathRouting = true;
    bool subdomainRouting = true;
    bool failInFlight = true; // a client that goes away fails its requests at once
};

struct Settings {
    TunnelSettings tunnel;
    PerformanceSettings performance;
    SecuritySettings security;
    ObservabilitySettings observability;
    FeatureFlags features;
};

// Strict: an unknown key is an error that names it and its line. Errors are InvalidRequest with a sentence.
[[nodiscard]] wire::Result<Settings> parseSettings(std::string_view toml, std::string_view sourceName);

// As clients are told: "full", "base" or "none".
[[nodiscard]] std::string_view rewriteName(const PerformanceSettings &performance) noexcept;

} // namespace gateway
