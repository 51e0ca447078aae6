#include "gateway/tunnel_memory.h"

#include "wire/limits.h"

namespace gateway {

const Reservation *TunnelMemory::find(std::string_view name, Time now) const
{
    const auto found = m_tunnels.find(name);
    if (found == m_tunnels.end() || now - found->second.readAt >= wire::kTunnelRemembered || now < found->second.readAt)
        return nullptr;
    return &found->second.reservation;
}

const Reservation &TunnelMemory::remember(Reservation reservation, Time now)
{
    if (m_tunnels.size() >= wire::kMaxTunnelsRemembered && !m_tunnels.contains(reservation.name))
        m_tunnels.clear(); // they are seconds old; the next requests read them again
    auto name = reservation.name;
    return m_tunnels.insert_or_assign(std::move(name), Entry{std::move(reservation), now}).first->second.reservation;
}

void TunnelMemory::forget(std::string_view name)
{
    if (const auto found = m_tunnels.find(name); found != m_tunnels.end())
        m_tunnels.erase(found);
}

bool TunnelMemory::isNoted(std::string_view connectionId, std::string_view address) const
{
    return m_address == address && m_noted.contains(connectionId);
}

void TunnelMemory::note(std::string_view connectionId, std::string_view address)
{
    if (m_address != address || m_noted.size() >= wire::kMaxTunnelsRemembered) {
        m_address = address;
        m_noted.clear();
    }
    m_noted.emplace(connectionId);
}

} // namespace gateway
