// Who shares which quota: the relay's own, one for the tunnels of each token's owner, one for each tunnel, and what a token
// says of itself. They outlive the links they count, so that nobody gets a fresh one by connecting again. Owned by
// Context; relay thread only.
#pragma once

#include "edge/pace.h"
#include "edge/quota.h"
#include "relay/config.h"
#include "relay/grant.h"
#include "wire/message.h"

#include <map>
#include <memory>
#include <string>

namespace relay {

// What one tunnel is held to. The default: nothing.
struct TunnelQuotas {
    edge::QuotaSet requests;
    std::shared_ptr<edge::Pace> upload; // null: as fast as it goes
    std::shared_ptr<edge::Pace> download;
};

// What its client is told.
[[nodiscard]] wire::Limits toldLimits(const Config &config, const TunnelQuotas &quotas, std::uint64_t maxBodyBytes);

class Quotas {
public:
    explicit Quotas(const LimitConfig &limits);

    [[nodiscard]] TunnelQuotas of(const std::string &tunnel, const Grant &grant);
    // Forgets those that nobody uses and that would say nothing new.
    void sweep(wire::SteadyTime now);
    [[nodiscard]] std::size_t kept() const noexcept { return m_quotas.size() + m_paces.size(); }

private:
    [[nodiscard]] std::shared_ptr<edge::Quota> quota(const std::string &key, edge::QuotaScope scope,
                                                     const edge::QuotaLimits &limits);
    [[nodiscard]] std::shared_ptr<edge::Pace> pace(const std::string &key, std::uint64_t bytesPerSecond);
    void addClaimed(edge::QuotaSet &set, const Grant &grant);

    const LimitConfig m_limits;
    std::map<std::string, std::shared_ptr<edge::Quota>> m_quotas;
    std::map<std::string, std::shared_ptr<edge::Pace>> m_paces;
};

} // namespace relay
