#include "gateway/reservation.h"

#include "wire/limits.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gateway {

using wire::Code;

namespace {

// A link that is served ends by then, and with it the need for an unkept name.
constexpr auto kServedLife = wire::kGatewayLinkLife + wire::kNameGrace;

Time endOf(const Reservation &reservation, Time now)
{
    if (isKept(reservation))
        return now + wire::kReservationLife;
    return now + (reservation.links.empty() ? wire::kNameGrace : kServedLife);
}

// Claims are bounded (kMaxTokenRate), so that this fits.
std::int64_t perMinute(double perSecond)
{
    return static_cast<std::int64_t>(std::ceil(perSecond * 60));
}

// Of a name without links, for another session than the one that lost it.
bool mayReturn(const Reservation &stored, const Claimant &claimant, Time now)
{
    return now - stored.lostAt >= wire::kNameGrace || (!claimant.owner.empty() && stored.owner == claimant.owner);
}

wire::Result<> join(Claim &claim, const Reservation &stored, const wire::Ready &ready)
{
    claim.next.links = stored.links;
    if (ready.links == 0) { // it knows better than we do that the old ones are dead
        claim.evicted = std::exchange(claim.next.links, {});
        claim.reason = {Code::ConnectionLost, "replaced by a newer connection of the same client"};
    }
    if (claim.next.links.size() >= wire::kMaxLinksPerTunnel)
        return wire::fail(Code::RateLimited, "this tunnel has as many links as it may have");
    return {};
}

wire::Result<> admit(Claim &claim, const Reservation &stored, const wire::Ready &ready, const Claimant &claimant,
                     Time now)
{
    const bool sameOwner = stored.owner == claimant.owner;
    if (isKept(stored) && !sameOwner)
        return wire::fail(Code::NameTaken, "this name belongs to somebody else");
    if (sameOwner && !ready.session.empty() && stored.session == ready.session)
        return join(claim, stored, ready);
    if (stored.links.empty()) {
        if (mayReturn(stored, claimant, now))
            return {};
        return wire::fail(Code::NameTaken, "the name is kept for its owner, who went offline a moment ago");
    }
    if (!sameOwner || claimant.owner.empty() || !ready.takeover)
        return wire::fail(Code::NameTaken, "another client serves this name right now");
    claim.evicted = stored.links;
    claim.reason = {Code::NameTaken, "another client with the same token took the name over"};
    return {};
}

} // namespace

bool isKept(const Reservation &reservation) noexcept
{
    return !reservation.owner.empty() && !reservation.drawn;
}

std::optional<Reservation> current(std::optional<Reservation> stored, Time now)
{
    if (!stored || stored->ends <= now)
        return std::nullopt;
    if (now - stored->usedAt >= kServedLife) // each link that joined set it
        stored->links.clear();
    return stored;
}

wire::Result<Claim> claim(std::string_view name, const std::optional<Reservation> &stored, const wire::Ready &ready,
                          const Claimant &claimant, Time now)
{
    Claim result;
    auto &next = result.next;
    next.name = name;
    next.owner = claimant.owner;
    next.session = ready.session;
    next.drawn = ready.name.empty();
    next.usedAt = now;
    if (claimant.claims) {
        next.maxBody = claimant.claims->maxBodyBytes.value_or(0);
        next.requestsPerMinute = perMinute(claimant.claims->rate.value_or(0));
    }
    if (stored) {
        next.version = stored->version;
        if (std::ranges::find(stored->links, claimant.connectionId) != stored->links.end()) {
            result.next = *stored; // our own write, of which the answer was lost
            return result;
        }
        if (const auto held = current(stored, now)) {
            if (auto admitted = admit(result, *held, ready, claimant, now); !admitted)
                return std::unexpected(std::move(admitted.error()));
            next.drawn = next.drawn || (held->drawn && held->owner == claimant.owner);
        }
    }
    next.links.push_back(claimant.connectionId);
    next.ends = endOf(next, now);
    return result;
}

std::optional<Reservation> release(const Reservation &stored, std::string_view connectionId, Time now)
{
    auto next = stored;
    if (std::erase(next.links, connectionId) == 0)
        return std::nullopt;
    if (next.links.empty())
        next.lostAt = now;
    next.ends = endOf(next, now);
    return next;
}

} // namespace gateway
