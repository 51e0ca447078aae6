#include "functions/tunnel_lookup.h"

#include "functions/release_link.h"

#include <utility>

namespace functions {

wire::Result<std::optional<gateway::Reservation>> TunnelLookup::find(std::string_view name, bool fromMemory,
                                                                     Time deadline)
{
    const auto now = m_world.clock();
    if (const auto *known = fromMemory ? m_memory.find(name, now) : nullptr)
        return *known;
    auto stored = m_names.load(name, deadline);
    if (!stored)
        return std::unexpected(std::move(stored.error()));
    auto reservation = gateway::current(std::move(*stored), now);
    if (reservation && !reservation->links.empty()) // who waits for a tunnel to come online is to see it at once
        m_memory.remember(*reservation, now);
    else
        m_memory.forget(name);
    return reservation;
}

void TunnelLookup::drop(std::string_view name, std::string_view connectionId, Time deadline)
{
    m_memory.forget(name);
    const auto removed = m_links.remove(connectionId, deadline);
    if (removed && *removed) {
        auto waiters = (*removed)->waiters;
        std::erase_if(waiters, [&](const auto &own) { return m_memory.isNoted(connectionId, own); });
        m_dropped.push_back({std::string(connectionId), std::move(waiters)});
    }
    const auto released = releaseLink(m_names, name, connectionId, m_world.clock(), deadline);
    m_world.log.info("link_gone", {{"tunnel", name}, {"connection_id", connectionId}});
    for (const auto *failed : {removed ? nullptr : &removed.error(), released ? nullptr : &released.error()}) {
        if (failed != nullptr)
            m_world.log.warn("link_not_dropped", {{"connection_id", connectionId}, {"reason", failed->message}});
    }
}

void TunnelLookup::tellWaiters(Time deadline)
{
    for (const auto &[connectionId, waiters] : std::exchange(m_dropped, {}))
        functions::tellWaiters(m_world, m_notices, connectionId, waiters, deadline);
}

} // namespace functions
