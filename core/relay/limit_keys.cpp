#include "relay/limit_keys.h"

#include <fmt/format.h>

#include <limits>

namespace relay {

namespace {

// "requests_per_second_per_tunnel" and "requests_burst_per_tunnel", for the suffix "_per_tunnel".
void readRate(edge::TomlSection &section, std::string_view suffix, std::optional<wire::Rate> &rate)
{
    const auto rateKey = fmt::format("requests_per_second{}", suffix);
    const auto burstKey = fmt::format("requests_burst{}", suffix);
    const auto perSecond = section.number(rateKey, wire::kMinRequestRate, wire::kMaxTokenRate);
    const auto burst = section.count(burstKey, 1, wire::kMaxRequestBurst);
    if (burst && !perSecond)
        return section.fail(fmt::format("{} says nothing without {}", burstKey, rateKey));
    if (perSecond)
        rate = wire::Rate{*perSecond, burst ? static_cast<double>(*burst) : usualBurst(*perSecond)};
}

void readQuota(edge::TomlSection &section, std::string_view suffix, edge::QuotaLimits &quota)
{
    readRate(section, suffix, quota.requests);
    const auto inFlight = section.count(fmt::format("max_requests{}", suffix), 1, wire::kMaxConfigCount);
    quota.maxInFlight = inFlight.value_or(0);
}

void readBandwidth(edge::TomlSection &section, std::string_view key, std::uint64_t &bytesPerSecond)
{
    bytesPerSecond = section.count(key, wire::kMinBandwidth, wire::kMaxBandwidth).value_or(0);
}

} // namespace

void readLimits(edge::TomlSection &section, LimitConfig &limits)
{
    section.integer("max_body_bytes", limits.maxBodyBytes, 1, std::numeric_limits<std::int64_t>::max());
    section.integer("max_visitor_connections", limits.maxVisitorConnections, 1, wire::kMaxConfigCount);
    section.integer("max_connections_per_address", limits.maxConnectionsPerAddress, 1, wire::kMaxConfigCount);
    section.integer("max_tunnels_per_token", limits.maxTunnelsPerToken, 1, wire::kMaxConfigCount);
    section.integer("max_links_per_tunnel", limits.maxLinksPerTunnel, 1, wire::kMaxLinksPerTunnel);
    section.integer("max_streams_per_link", limits.maxStreamsPerLink, 1, wire::kMaxConfigCount);
    readQuota(section, "", limits.relay);
    readQuota(section, "_per_token", limits.token);
    readQuota(section, "_per_tunnel", limits.tunnel);
    readBandwidth(section, "upload_bytes_per_second_per_tunnel", limits.uploadBytesPerSecond);
    readBandwidth(section, "download_bytes_per_second_per_tunnel", limits.downloadBytesPerSecond);
}

} // namespace relay
