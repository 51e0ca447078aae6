// How many requests one tunnel, one token's owner or a whole relay may have: per second, and at a time. Who shares a quota
// is the host's business. Pure: the clock is an argument. One thread.
#pragma once

#include "wire/token_bucket.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace edge {

enum class QuotaScope : std::uint8_t { Relay, Token, Tunnel };
enum class QuotaKind : std::uint8_t { Rate, InFlight };

struct QuotaLimits {
    std::optional<wire::Rate> requests{}; // absent: as many as come
    std::size_t maxInFlight = 0; // 0: as many as come

    [[nodiscard]] bool any() const noexcept { return requests || maxInFlight != 0; }
    friend bool operator==(const QuotaLimits &, const QuotaLimits &) = default;
};

struct QuotaRefusal {
    QuotaScope scope;
    QuotaKind kind;
    std::chrono::nanoseconds wait{}; // with Rate: until the next one would pass
};

// "tunnel_rate", "relay_in_flight": for metrics and logs.
[[nodiscard]] std::string_view limitName(const QuotaRefusal &refusal) noexcept;
// Of one visitor's request, for the visitor.
[[nodiscard]] std::string_view refusalSentence(const QuotaRefusal &refusal) noexcept;

class Quota {
public:
    Quota(QuotaScope scope, const QuotaLimits &limits);

    [[nodiscard]] std::optional<QuotaRefusal> check(wire::TokenBucket::Time now) const noexcept;
    void enter(wire::TokenBucket::Time now) noexcept; // whatever check() says
    void leave() noexcept { --m_inFlight; }
    // As good as a new one.
    [[nodiscard]] bool idle(wire::TokenBucket::Time now) const noexcept;
    [[nodiscard]] const QuotaLimits &limits() const noexcept { return m_limits; }

private:
    QuotaScope m_scope;
    QuotaLimits m_limits;
    std::optional<wire::TokenBucket> m_bucket;
    std::size_t m_inFlight = 0;
};

// All that count one tunnel's requests, shared with other tunnels or not. None is the usual case and costs nothing.
class QuotaSet {
public:
    void add(std::shared_ptr<Quota> quota) { m_quotas.push_back(std::move(quota)); }

    // The refusal that lasts longest; a refused request takes nothing from anybody.
    [[nodiscard]] std::optional<QuotaRefusal> check(wire::TokenBucket::Time now) const noexcept
    {
        return m_quotas.empty() ? std::nullopt : checkAll(now);
    }
    // The narrowest of each kind.
    [[nodiscard]] QuotaLimits limits() const noexcept;

private:
    friend class QuotaUse;
    [[nodiscard]] std::optional<QuotaRefusal> checkAll(wire::TokenBucket::Time now) const noexcept;

    std::vector<std::shared_ptr<Quota>> m_quotas;
};

// One request under way, from its admission to its end.
class QuotaUse {
public:
    // `quotas` must outlive this.
    QuotaUse(const QuotaSet &quotas, wire::TokenBucket::Time now) noexcept;
    ~QuotaUse();
    QuotaUse(const QuotaUse &) = delete;
    QuotaUse &operator=(const QuotaUse &) = delete;

private:
    const QuotaSet &m_set;
};

} // namespace edge
