// `ready`: gives a link its name, or says why not, by the relay's rules, with conditional writes only. Owned by the ws function.
#pragma once

#include "functions/world.h"
#include "gateway/live.h"
#include "wire/message.h"

#include <string>

namespace functions {

class TunnelClaim {
public:
    TunnelClaim(World &world, gateway::NameStore &names, gateway::LinkStore &links)
        : m_world(world), m_names(names), m_links(links)
    {
    }

    // The name is the link's then, and `evicted` have to be told `reason` and closed. Errors: InvalidRequest, Forbidden,
    // NameTaken, RateLimited, ProtocolError (`ready` was sent twice), or a store's.
    [[nodiscard]] wire::Result<gateway::Claim> claim(const wire::Ready &ready, const gateway::Claimant &claimant,
                                                     Time connectedAt, Time deadline, const gateway::Live &live);

private:
    wire::Result<gateway::Claim> claimNamed(const std::string &name, const wire::Ready &ready,
                                            const gateway::Claimant &claimant, Time deadline);
    wire::Result<gateway::Claim> claimDrawn(const wire::Ready &ready, const gateway::Claimant &claimant, Time deadline);
    wire::Result<gateway::Claim> claimOwn(const wire::Ready &ready, const gateway::Claimant &claimant, Time deadline);
    wire::Result<> permit(const std::string &name, const gateway::Claimant &claimant, bool isNew, Time deadline);
    wire::Result<> makeRoom(std::vector<gateway::Reservation> owned, Time deadline);

    World &m_world;
    gateway::NameStore &m_names;
    gateway::LinkStore &m_links;
};

} // namespace functions
