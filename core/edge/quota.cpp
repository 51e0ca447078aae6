#include "edge/quota.h"

#include <algorithm>

namespace edge {

std::string_view limitName(const QuotaRefusal &refusal) noexcept
{
    const bool rate = refusal.kind == QuotaKind::Rate;
    switch (refusal.scope) {
    case QuotaScope::Relay: return rate ? "relay_rate" : "relay_in_flight";
    case QuotaScope::Token: return rate ? "token_rate" : "token_in_flight";
    case QuotaScope::Tunnel: break;
    }
    return rate ? "tunnel_rate" : "tunnel_in_flight";
}

std::string_view refusalSentence(const QuotaRefusal &refusal) noexcept
{
    const bool rate = refusal.kind == QuotaKind::Rate;
    if (refusal.scope == QuotaScope::Relay)
        return rate ? "This server gets more requests a second than it lets through."
                    : "This server has too many requests in flight.";
    return rate ? "This tunnel gets more requests a second than its server lets through."
                : "This tunnel has too many requests in flight.";
}

Quota::Quota(QuotaScope scope, const QuotaLimits &limits) : m_scope(scope), m_limits(limits)
{
    if (limits.requests)
        m_bucket.emplace(*limits.requests);
}

std::optional<QuotaRefusal> Quota::check(wire::TokenBucket::Time now) const noexcept
{
    if (m_limits.maxInFlight != 0 && m_inFlight >= m_limits.maxInFlight)
        return QuotaRefusal{m_scope, QuotaKind::InFlight};
    if (!m_bucket)
        return std::nullopt;
    const auto wait = m_bucket->wait(now);
    if (wait == wait.zero())
        return std::nullopt;
    return QuotaRefusal{m_scope, QuotaKind::Rate, wait};
}

void Quota::enter(wire::TokenBucket::Time now) noexcept
{
    ++m_inFlight;
    if (m_bucket)
        m_bucket->take(now);
}

bool Quota::idle(wire::TokenBucket::Time now) const noexcept
{
    return m_inFlight == 0 && (!m_bucket || m_bucket->full(now));
}

std::optional<QuotaRefusal> QuotaSet::checkAll(wire::TokenBucket::Time now) const noexcept
{
    std::optional<QuotaRefusal> longest;
    for (const auto &quota : m_quotas) {
        const auto refusal = quota->check(now);
        if (refusal && (!longest || refusal->wait > longest->wait))
            longest = refusal;
    }
    return longest;
}

QuotaLimits QuotaSet::limits() const noexcept
{
    QuotaLimits narrowest;
    for (const auto &quota : m_quotas) {
        const auto &limits = quota->limits();
        if (limits.requests && (!narrowest.requests || limits.requests->perSecond < narrowest.requests->perSecond))
            narrowest.requests = limits.requests;
        if (limits.maxInFlight != 0 && (narrowest.maxInFlight == 0 || limits.maxInFlight < narrowest.maxInFlight))
            narrowest.maxInFlight = limits.maxInFlight;
    }
    return narrowest;
}

QuotaUse::QuotaUse(const QuotaSet &quotas, wire::TokenBucket::Time now) noexcept : m_set(quotas)
{
    for (const auto &quota : m_set.m_quotas)
        quota->enter(now);
}

QuotaUse::~QuotaUse()
{
    for (const auto &quota : m_set.m_quotas)
        quota->leave();
}

} // namespace edge
