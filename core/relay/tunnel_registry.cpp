#include "relay/tunnel_registry.h"

#include "edge/name_pattern.h"
#include "wire/ids.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace relay {

std::string TunnelRegistry::drawFreeName() const
{
    auto name = wire::drawTunnelId();
    while (!isFree(name, {}))
        name = wire::drawTunnelId();
    return name;
}

bool TunnelRegistry::isFree(std::string_view name, const Owner &owner) const
{
    return !m_tunnels.contains(name) && (!m_options.names || !m_options.names->isOthers(name, owner.identity));
}

wire::Result<std::string> TunnelRegistry::nameFor(const wire::Ready &ready, const Owner &owner) const
{
    if (!ready.name.empty()) {
        auto checked = wire::checkTunnelName(ready.name);
        return checked ? wire::Result<std::string>(ready.name) : std::unexpected(std::move(checked.error()));
    }
    if (!owner.claims || !owner.claims->tunnels)
        return drawFreeName();
    for (const auto &pattern : *owner.claims->tunnels) {
        auto name = edge::nameFromPattern(pattern, wire::drawTunnelId());
        if (name && isFree(*name, owner))
            return *std::move(name);
    }
    return wire::fail(wire::Code::Forbidden, "none of the names that this token may open is free");
}

wire::Result<> TunnelRegistry::checkClaims(std::string_view name, const Owner &owner) const
{
    const auto &claims = *owner.claims;
    if (!edge::allowsTunnel(claims, name))
        return wire::fail(
            wire::Code::Forbidden,
            fmt::format("this token may not open a tunnel of this name; it may open: {}",
                        claims.tunnels->empty() ? "none" : fmt::format("{}", fmt::join(*claims.tunnels, ", "))));
    return {};
}

void TunnelRegistry::count(const std::string &identity, bool online)
{
    if (identity.empty())
        return;
    if (online)
        ++m_online[identity];
    else if (const auto found = m_online.find(identity); --found->second == 0)
        m_online.erase(found);
}

wire::Result<> TunnelRegistry::checkCount(std::string_view name, const Owner &owner) const
{
    if (owner.identity.empty())
        return {};
    const auto own = owner.claims ? owner.claims->maxTunnels : std::nullopt;
    const auto most = own.value_or(m_options.maxTunnels);
    const auto counted = m_online.find(owner.identity);
    const auto online = counted == m_online.end() ? 0 : counted->second;
    const auto joined = m_tunnels.find(name);
    const bool joins = joined != m_tunnels.end() && !joined->second.links.empty();
    if (online < most || (joins && joined->second.owner.identity == owner.identity))
        return {};
    return wire::fail(wire::Code::RateLimited,
                      fmt::format("this token may have {} tunnels online at once, and they are", most));
}

wire::Result<> TunnelRegistry::permit(std::string_view name, const Owner &owner, bool drawn) const
{
    auto allowed = owner.claims ? checkClaims(name, owner) : wire::Result<>();
    if (allowed)
        allowed = checkCount(name, owner);
    if (!allowed && m_options.overlook)
        m_options.overlook(allowed.error());
    else if (!allowed)
        return allowed;
    if (!m_options.names)
        return {};
    if (owner.claims && !drawn)
        return m_options.names->checkRoom(name, owner.identity);
    if (m_options.names->isOthers(name, owner.identity))
        return wire::fail(wire::Code::NameTaken, "this name belongs to somebody else");
    return {};
}

void TunnelRegistry::evictAll(Tunnel &tunnel, const wire::Error &reason)
{
    if (!tunnel.links.empty())
        count(tunnel.owner.identity, false);
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
    auto name = nameFor(ready, owner);
    if (!name)
        return name;
    if (auto permitted = permit(*name, owner, ready.name.empty()); !permitted)
        return std::unexpected(std::move(permitted.error()));
    if (auto found = m_tunnels.find(*name); found != m_tunnels.end()) {
        if (auto admitted = admit(found->second, ready, owner, now); !admitted)
            return std::unexpected(std::move(admitted.error()));
    }
    Tunnel &tunnel = m_tunnels[*name];
    tunnel.drawn = ready.name.empty() || (tunnel.drawn && tunnel.owner.identity == owner.identity);
    tunnel.owner = owner;
    tunnel.session = ready.session;
    tunnel.links.push_back(&link);
    if (tunnel.links.size() == 1)
        count(owner.identity, true);
    if (m_options.names && owner.claims && !tunnel.drawn) {
        const bool isNew = m_options.names->reserve(*name, owner.identity);
        if (isNew && m_options.reserved)
            m_options.reserved(*name, owner.identity);
    }
    return name;
}

void TunnelRegistry::release(const std::string &name, TunnelLink &link, wire::SteadyTime now)
{
    const auto found = m_tunnels.find(name);
    if (found == m_tunnels.end() || std::erase(found->second.links, &link) == 0)
        return;
    if (!found->second.links.empty())
        return;
    found->second.lostAt = now;
    count(found->second.owner.identity, false);
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
