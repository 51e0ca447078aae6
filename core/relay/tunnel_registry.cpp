#include "relay/tunnel_registry.h"

#include "wire/ids.h"

#include <algorithm>

namespace relay {

std::string TunnelRegistry::drawFreeName() const
{
    auto name = wire::drawTunnelId();
    while (m_tunnels.contains(name))
        name = wire::drawTunnelId();
    return name;
}

void TunnelRegistry::evictAll(Tunnel &tunnel, const wire::Error &reason)
{
    for (TunnelLink *link : std::exchange(tunnel.links, {}))
        link->evict(reason);
}

// To a name without links, by another session than the one that lost it.
bool TunnelRegistry::mayReturn(const Tunnel &tunnel, const Owner &owner, wire::SteadyTime now) const
{
    if (now - tunnel.lostAt >= m_options.nameGrace)
        return true;
    return tunnel.owner.identity == owner.identity &&
           (!owner.identity.empty() || tunnel.owner.address == owner.address);
}

wire::Result<> TunnelRegistry::admit(Tunnel &tunnel, const wire::Ready &ready, const Owner &owner, wire::SteadyTime now)
{
    const bool sameOwner = tunnel.owner.identity == owner.identity;
    const bool sameSession = sameOwner && !ready.session.empty() && tunnel.session == ready.session;
    if (sameSession) {
        // A client that holds no other link knows better than we do that the old ones are dead.
        if (ready.links == 0)
            evictAll(tunnel, {wire::Code::ConnectionLost, "replaced by a newer connection of the same client"});
        if (tunnel.links.size() >= m_options.maxLinks)
            return wire::fail(wire::Code::RateLimited, "this tunnel has as many links as it may have");
        return {};
    }
    if (tunnel.links.empty()) {
        if (mayReturn(tunnel, owner, now))
            return {};
        return wire::fail(wire::Code::NameTaken, "the name is kept for its owner, who went offline a moment ago");
    }
    if (sameOwner && !owner.identity.empty() && ready.takeover) {
        evictAll(tunnel, {wire::Code::NameTaken, "another client with the same token took the name over"});
        return {};
    }
    return wire::fail(wire::Code::NameTaken, "another client serves this name right now");
}

wire::Result<std::string> TunnelRegistry::claim(const wire::Ready &ready, const Owner &owner, TunnelLink &link,
                                                wire::SteadyTime now)
{
    std::string name = ready.name;
    if (name.empty())
        name = drawFreeName();
    else if (auto checked = wire::checkTunnelName(name); !checked)
        return std::unexpected(std::move(checked.error()));

    if (auto found = m_tunnels.find(name); found != m_tunnels.end()) {
        if (auto admitted = admit(found->second, ready, owner, now); !admitted)
            return std::unexpected(std::move(admitted.error()));
    }
    Tunnel &tunnel = m_tunnels[name];
    tunnel.owner = owner;
    tunnel.session = ready.session;
    tunnel.links.push_back(&link);
    return name;
}

void TunnelRegistry::release(const std::string &name, TunnelLink &link, wire::SteadyTime now)
{
    const auto found = m_tunnels.find(name);
    if (found == m_tunnels.end() || std::erase(found->second.links, &link) == 0)
        return;
    if (found->second.links.empty())
        found->second.lostAt = now;
}

void TunnelRegistry::sweep(wire::SteadyTime now)
{
    std::erase_if(m_tunnels, [&](const auto &entry) {
        return entry.second.links.empty() && now - entry.second.lostAt >= m_options.nameGrace;
    });
}

TunnelLink *TunnelRegistry::pick(std::string_view name) const
{
    const auto found = m_tunnels.find(name);
    if (found == m_tunnels.end())
        return nullptr;
    TunnelLink *best = nullptr;
    for (TunnelLink *link : found->second.links) {
        if (link->acceptsStreams() && (!best || link->openStreams() < best->openStreams()))
            best = link;
    }
    return best;
}

TunnelRegistry::Presence TunnelRegistry::presence(std::string_view name) const
{
    const auto found = m_tunnels.find(name);
    if (found == m_tunnels.end())
        return Presence::Missing;
    const auto &links = found->second.links;
    if (links.empty())
        return Presence::Offline;
    return std::ranges::all_of(links, &TunnelLink::leaving) ? Presence::Leaving : Presence::Online;
}

std::size_t TunnelRegistry::onlineTunnels() const noexcept
{
    return static_cast<std::size_t>(
        std::ranges::count_if(m_tunnels, [](const auto &entry) { return !entry.second.links.empty(); }));
}

} // namespace relay
