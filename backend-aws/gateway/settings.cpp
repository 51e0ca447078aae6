#include "gateway/settings.h"

#include "edge/toml_reader.h"

namespace gateway {

using edge::TomlSection;

namespace {

constexpr std::int64_t kMostConnections = 1'000'000;
constexpr std::int64_t kMostRequests = 10'000'000; // a minute: above what an account may have at all

void readSeconds(TomlSection &section, std::string_view key, std::chrono::seconds &value, std::chrono::seconds least,
                 std::chrono::seconds most)
{
    auto count = value.count();
    section.integer(key, count, least.count(), most.count());
    value = std::chrono::seconds(count);
}

void readTunnel(TomlSection &section, TunnelSettings &tunnel)
{
    section.integer("max_connections", tunnel.maxConnections, 1, kMostConnections);
    readSeconds(section, "request_timeout_secs", tunnel.requestTimeout, std::chrono::seconds(1),
                wire::kMaxGatewayRequestTimeout);
    readSeconds(section, "heartbeat_interval_secs", tunnel.heartbeat, wire::kMinV1Heartbeat, wire::kMaxV1Heartbeat);
}

void readPerformance(TomlSection &section, PerformanceSettings &performance)
{
    section.flag("enable_caching", performance.caching);
    section.flag("enable_content_rewrite", performance.contentRewrite);
    section.choice("rewrite_strategy", performance.rewriteStrategy,
                   {{"full", RewriteStrategy::Full}, {"base", RewriteStrategy::Base}, {"none", RewriteStrategy::None}});
}

void readSecurity(TomlSection &section, SecuritySettings &security)
{
    section.flag("require_authentication", security.requireAuthentication);
    section.flag("enable_rate_limiting", security.rateLimiting);
    section.integer("max_requests_per_minute", security.maxRequestsPerMinute, 1, kMostRequests);
}

void readObservability(TomlSection &section, ObservabilitySettings &observability)
{
    section.choice(
        "log_level", observability.logLevel,
        {{"debug", LogLevel::Debug}, {"info", LogLevel::Info}, {"warn", LogLevel::Warn}, {"error", LogLevel::Error}});
    section.flag("enable_metrics", observability.metrics);
    section.flag("structured_logging", observability.structuredLogging);
}

void readFeatures(TomlSection &section, FeatureFlags &features)
{
    section.flag("path_routing", features.pathRouting);
    section.flag("subdomain_routing", features.subdomainRouting);
    section.flag("fail_in_flight", features.failInFlight);
}

} // namespace

wire::Result<Settings> parseSettings(std::string_view toml, std::string_view sourceName)
{
    auto reader = edge::TomlReader::parse(toml, sourceName);
    if (!reader)
        return std::unexpected(std::move(reader.error()));
    Settings settings;
    reader->section("tunnel", [&](TomlSection &section) { readTunnel(section, settings.tunnel); });
    reader->section("performance", [&](TomlSection &section) { readPerformance(section, settings.performance); });
    reader->section("security", [&](TomlSection &section) { readSecurity(section, settings.security); });
    reader->section("observability", [&](TomlSection &section) { readObservability(section, settings.observability); });
    reader->section("features", [&](TomlSection &section) { readFeatures(section, settings.features); });
    if (auto finished = reader->finish(); !finished)
        return std::unexpected(std::move(finished.error()));
    return settings;
}

std::string_view rewriteName(const PerformanceSettings &performance) noexcept
{
    if (!performance.contentRewrite)
        return "none";
    switch (performance.rewriteStrategy) {
    case RewriteStrategy::Full: return "full";
    case RewriteStrategy::Base: return "base";
    case RewriteStrategy::None: break;
    }
    return "none";
}

} // namespace gateway
