#include "gateway/rate_lease.h"

#include "wire/limits.h"

#include <algorithm>

namespace gateway {

RateLeases::Decision RateLeases::next(std::string_view tunnel, std::int64_t minute, std::int64_t limit)
{
    if (minute != m_minute) {
        m_minute = minute;
        m_leases.clear();
    }
    auto found = m_leases.find(tunnel);
    if (found == m_leases.end())
        found = m_leases.emplace(tunnel, Lease{}).first;
    auto &lease = found->second;
    if (lease.left > 0) {
        --lease.left;
        ++lease.used;
        return {};
    }
    if (lease.most == 0)
        return {.step = Step::Refuse};
    const auto many = std::max({std::int64_t{1}, limit / wire::kRateLeaseDivisor, lease.used / 2});
    return {.step = Step::Ask, .count = std::min(many, lease.most)};
}

void RateLeases::taken(std::string_view tunnel, std::int64_t count)
{
    if (const auto found = m_leases.find(tunnel); found != m_leases.end())
        found->second.left += count;
}

void RateLeases::refused(std::string_view tunnel, std::int64_t count)
{
    const auto found = m_leases.find(tunnel);
    if (found != m_leases.end())
        found->second.most = count / 2;
}

} // namespace gateway
