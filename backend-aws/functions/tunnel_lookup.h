// Finds the links of a tunnel: from memory for a few seconds, else by one read; and sees to it that a link that has gone is
// known to be gone. Owned by the http function.
#pragma once

#include "functions/world.h"
#include "gateway/tunnel_memory.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace functions {

class TunnelLookup {
public:
    TunnelLookup(World &world, gateway::NameStore &names, gateway::LinkStore &links, gateway::ReplySender &notices)
        : m_world(world), m_names(names), m_links(links), m_notices(notices)
    {
    }

    // Nothing when nobody has the name.
    [[nodiscard]] wire::Result<std::optional<gateway::Reservation>> find(std::string_view name, bool fromMemory,
                                                                         Time deadline);
    // Takes it out of memory, of the reservation and of the links. What fails is left to the schedule, and logged.
    void drop(std::string_view name, std::string_view connectionId, Time deadline);
    // Other environments that wait for answers over dropped links hear that none will come: with the link its row is gone,
    // by which $disconnect would have known them.
    void tellWaiters(Time deadline);

    [[nodiscard]] gateway::TunnelMemory &memory() noexcept { return m_memory; }

private:
    struct Dropped {
        std::string connectionId;
        std::vector<std::string> waiters;
    };

    World &m_world;
    gateway::NameStore &m_names;
    gateway::LinkStore &m_links;
    gateway::ReplySender &m_notices;
    gateway::TunnelMemory m_memory;
    std::vector<Dropped> m_dropped; // whose waiters were not told yet
};

} // namespace functions
