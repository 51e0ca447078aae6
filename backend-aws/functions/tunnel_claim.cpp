#include "functions/tunnel_claim.h"

#include "edge/name_pattern.h"
#include "functions/release_link.h"
#include "wire/ids.h"
#include "wire/limits.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace functions {

using gateway::Claim;
using gateway::Claimant;
using gateway::Reservation;
using wire::Code;
using wire::Result;

namespace {

std::unexpected<wire::Error> notAllowed(const edge::JwtClaims &claims)
{
    const auto names = claims.tunnels->empty() ? "none" : fmt::format("{}", fmt::join(*claims.tunnels, ", "));
    return wire::fail(Code::Forbidden, "this token may not open a tunnel of this name; it may open: " + names);
}

std::size_t onlineOf(const std::vector<Reservation> &owned, std::string_view except)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        owned, [&](const auto &reservation) { return !reservation.links.empty() && reservation.name != except; }));
}

} // namespace

// An owner with too many names loses the one unused for longest, unless it is online.
Result<> TunnelClaim::makeRoom(std::vector<Reservation> owned, Time deadline)
{
    std::erase_if(owned, [](const auto &reservation) { return !gateway::isKept(reservation); });
    if (owned.size() < wire::kMaxReservationsPerOwner)
        return {};
    const auto oldest = std::ranges::min_element(
        owned, {}, [](const auto &reservation) { return std::pair(!reservation.links.empty(), reservation.usedAt); });
    if (!oldest->links.empty())
        return wire::fail(Code::RateLimited, "the owner of this token has as many names as one may have");
    const auto removed = m_names.remove(*oldest, deadline);
    return removed ? Result<>() : std::unexpected(removed.error());
}

// What the token allows. `isNew`: it will belong to the owner from now on.
Result<> TunnelClaim::permit(const std::string &name, const Claimant &claimant, bool isNew, Time deadline)
{
    if (!claimant.claims)
        return {};
    const auto &claims = *claimant.claims;
    if (!edge::allowsTunnel(claims, name))
        return notAllowed(claims);
    if (!claims.maxTunnels && !isNew)
        return {};
    auto owned = m_names.ofOwner(claimant.owner, deadline);
    if (!owned)
        return std::unexpected(std::move(owned.error()));
    if (claims.maxTunnels && onlineOf(*owned, name) >= *claims.maxTunnels)
        return wire::fail(Code::RateLimited, fmt::format("this token may have {} tunnels online at once, and they are",
                                                         *claims.maxTunnels));
    return isNew ? makeRoom(std::move(*owned), deadline) : Result<>();
}

Result<Claim> TunnelClaim::claimNamed(const std::string &name, const wire::Ready &ready, const Claimant &claimant,
                                      Time deadline)
{
    for (unsigned tries = 0; tries < wire::kClaimTries; ++tries) {
        const auto stored = m_names.load(name, deadline);
        if (!stored)
            return std::unexpected(stored.error());
        const auto now = m_world.clock();
        if (auto allowed = permit(name, claimant, !ready.name.empty() && !gateway::current(*stored, now), deadline);
            !allowed)
            return std::unexpected(std::move(allowed.error()));
        auto claim = gateway::claim(name, *stored, ready, claimant, now);
        if (!claim)
            return claim;
        const auto saved = m_names.save(claim->next, deadline);
        if (!saved)
            return std::unexpected(saved.error());
        if (*saved)
            return claim;
    }
    return wire::fail(Code::RateLimited, "too many clients ask for this name at once");
}

// Without a wish: a name that nobody has, or, for a token that may open some names only, one of those.
Result<Claim> TunnelClaim::claimDrawn(const wire::Ready &ready, const Claimant &claimant, Time deadline)
{
    Result<Claim> claim = wire::fail(Code::NameTaken, "no name was free");
    for (unsigned tries = 0; tries < wire::kClaimTries && !claim && claim.error().code == Code::NameTaken; ++tries)
        claim = claimNamed(wire::drawTunnelId(), ready, claimant, deadline);
    return claim;
}

Result<Claim> TunnelClaim::claimOwn(const wire::Ready &ready, const Claimant &claimant, Time deadline)
{
    for (const auto &pattern : *claimant.claims->tunnels) {
        const auto name = edge::nameFromPattern(pattern, wire::drawTunnelId());
        if (!name)
            continue;
        auto claim = claimNamed(*name, ready, claimant, deadline);
        if (claim || claim.error().code != Code::NameTaken)
            return claim;
    }
    return wire::fail(Code::Forbidden, "none of the names that this token may open is free");
}

Result<Claim> TunnelClaim::claim(const wire::Ready &ready, const Claimant &claimant, Time connectedAt, Time deadline,
                                 const gateway::Live &live)
{
    if (!ready.name.empty()) {
        if (auto valid = wire::checkTunnelName(ready.name); !valid)
            return std::unexpected(std::move(valid.error()));
    }
    const bool patterns = ready.name.empty() && claimant.claims && claimant.claims->tunnels;
    auto claim = !ready.name.empty() ? claimNamed(ready.name, ready, claimant, deadline)
                 : patterns          ? claimOwn(ready, claimant, deadline)
                                     : claimDrawn(ready, claimant, deadline);
    if (!claim)
        return claim;
    // A link that ends before it is noted here is found to be gone when it is told its name.
    const gateway::Link link{claimant.connectionId, claim->next.name, connectedAt + wire::kGatewayLinkLife};
    const auto added = m_links.add(link, live.settings.tunnel.maxConnections, deadline);
    if (added && *added)
        return claim;
    if (const auto released = releaseLink(m_names, link.tunnel, link.connectionId, m_world.clock(), deadline);
        !released)
        m_world.log.warn("link_not_dropped",
                         {{"connection_id", link.connectionId}, {"reason", released.error().message}});
    if (!added)
        return std::unexpected(added.error());
    return wire::fail(Code::ProtocolError, "`ready` was sent twice");
}

} // namespace functions
