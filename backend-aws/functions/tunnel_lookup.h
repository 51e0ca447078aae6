// Finds the links of a tunnel: from memory for a few seconds, else by one read; and sees to it that a link that has gone is
// known to be gone. Owned by the http function.
#pragma once

#include "functions/world.h"
#include "gateway/tunnel_memory.h"

#include <optional>
#include <string_view>

namespace functions {

class TunnelLookup {
public:
    TunnelLookup(World &world, gateway::NameStore &names, gateway::LinkStore &links)
        : m_world(world), m_names(names), m_links(links)
    {
    }

    // Nothing when nobody has the name.
    [[nodiscard]] wire::Result<std::optional<gateway::Reservation>> find(std::string_view name, bool fromMemory,
                                                                         Time deadline);
    // Takes it out of memory, of the reservation and of the links. What fails is left to the schedule, and logged.
    void drop(std::string_view name, std::string_view connectionId, Time deadline);

    [[nodiscard]] gateway::TunnelMemory &memory() noexcept { return m_memory; }

private:
    World &m_world;
    gateway::NameStore &m_names;
    gateway::LinkStore &m_links;
    gateway::TunnelMemory m_memory;
};

} // namespace functions
