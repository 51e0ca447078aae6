#include "relay/quotas.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace relay {

using edge::QuotaScope;

wire::Limits toldLimits(const Config &config, const TunnelQuotas &quotas, std::uint64_t maxBodyBytes)
{
    constexpr double kSecondsPerHour = 3600;
    wire::Limits limits{.maxBodyBytes = maxBodyBytes,
                        .maxMessageBytes = wire::kMaxMessageBytes,
                        .requestTimeoutMs = static_cast<std::uint64_t>(config.timeouts.responseHead.count()),
                        .uploadBytesPerSecond = config.limits.uploadBytesPerSecond,
                        .downloadBytesPerSecond = config.limits.downloadBytesPerSecond};
    const auto narrowest = quotas.requests.limits();
    if (const auto &rate = narrowest.requests) {
        limits.requestsPerHour = static_cast<std::uint64_t>(std::llround(rate->perSecond * kSecondsPerHour));
        limits.requestBurst = static_cast<std::uint64_t>(rate->burst);
    }
    limits.maxRequests = narrowest.maxInFlight;
    return limits;
}

Quotas::Quotas(const LimitConfig &limits) : m_limits(limits)
{
}

// By default there is none: nothing is counted then, and nothing kept.
TunnelQuotas Quotas::of(const std::string &tunnel, const Grant &grant)
{
    TunnelQuotas quotas;
    if (m_limits.relay.any())
        quotas.requests.add(quota("relay", QuotaScope::Relay, m_limits.relay));
    if (m_limits.token.any() && !grant.identity.empty())
        quotas.requests.add(quota("token:" + grant.identity, QuotaScope::Token, m_limits.token));
    addClaimed(quotas.requests, grant);
    if (m_limits.tunnel.any())
        quotas.requests.add(quota("tunnel:" + tunnel, QuotaScope::Tunnel, m_limits.tunnel));
    quotas.upload = pace("upload:" + tunnel, m_limits.uploadBytesPerSecond);
    quotas.download = pace("download:" + tunnel, m_limits.downloadBytesPerSecond);
    return quotas;
}

// Beside the configured one of the same owner, which it can only narrow. An owner's tokens may say different rates: those
// that say the same share it.
void Quotas::addClaimed(edge::QuotaSet &set, const Grant &grant)
{
    if (!grant.claims || !grant.claims->rate)
        return;
    const double perSecond = std::max(*grant.claims->rate, wire::kMinRequestRate);
    const edge::QuotaLimits limits{.requests = wire::Rate{perSecond, usualBurst(perSecond)}};
    set.add(quota(fmt::format("claim:{}:{}", perSecond, grant.identity), QuotaScope::Token, limits));
}

std::shared_ptr<edge::Quota> Quotas::quota(const std::string &key, QuotaScope scope, const edge::QuotaLimits &limits)
{
    auto &kept = m_quotas[key];
    if (!kept)
        kept = std::make_shared<edge::Quota>(scope, limits);
    return kept;
}

std::shared_ptr<edge::Pace> Quotas::pace(const std::string &key, std::uint64_t bytesPerSecond)
{
    if (bytesPerSecond == 0)
        return nullptr;
    auto &kept = m_paces[key];
    if (!kept)
        kept = std::make_shared<edge::Pace>(bytesPerSecond);
    return kept;
}

void Quotas::sweep(wire::SteadyTime now)
{
    const auto unused = [now](const auto &entry) { return entry.second.use_count() == 1 && entry.second->idle(now); };
    std::erase_if(m_quotas, unused);
    std::erase_if(m_paces, unused);
}

} // namespace relay
