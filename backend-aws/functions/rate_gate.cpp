#include "functions/rate_gate.h"

#include <algorithm>

namespace functions {

namespace {

std::int64_t limitOf(const gateway::Reservation &reservation, const gateway::SecuritySettings &settings)
{
    const auto most = settings.maxRequestsPerMinute;
    return reservation.requestsPerMinute > 0 ? std::min(most, reservation.requestsPerMinute) : most;
}

} // namespace

bool RateGate::allows(const gateway::Reservation &reservation, const gateway::SecuritySettings &settings, Time deadline)
{
    if (!settings.rateLimiting)
        return true;
    using Step = gateway::RateLeases::Step;
    const auto minute = std::chrono::floor<std::chrono::minutes>(m_world.clock()).time_since_epoch().count();
    const auto limit = limitOf(reservation, settings);
    for (;;) {
        const auto decision = m_leases.next(reservation.name, minute, limit);
        if (decision.step != Step::Ask)
            return decision.step == Step::Pass;
        const auto had = m_store.take(reservation.name, minute, decision.count, limit, deadline);
        if (!had) {
            m_world.log.warn("rate_not_counted", {{"tunnel", reservation.name}, {"reason", had.error().message}});
            return true;
        }
        if (*had)
            m_leases.taken(reservation.name, decision.count);
        else
            m_leases.refused(reservation.name, decision.count);
    }
}

} // namespace functions
