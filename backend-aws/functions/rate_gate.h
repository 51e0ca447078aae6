// Lets requests to a tunnel through, or not, by its limit a minute. Owned by the http function.
#pragma once

#include "functions/world.h"
#include "gateway/rate_lease.h"

namespace functions {

class RateGate {
public:
    RateGate(World &world, gateway::RateStore &store) : m_world(world), m_store(store) {}

    // The owner's token may say less than the settings. When the count cannot be read, requests pass: a tunnel that works
    // is worth more than a limit that is exact, and the failure is logged.
    [[nodiscard]] bool allows(const gateway::Reservation &reservation, const gateway::SecuritySettings &settings,
                              Time deadline);

private:
    World &m_world;
    gateway::RateStore &m_store;
    gateway::RateLeases m_leases;
};

} // namespace functions
