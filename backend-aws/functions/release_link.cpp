#include "functions/release_link.h"

#include "gateway/reply_assembly.h"
#include "wire/limits.h"

namespace functions {

wire::Result<> releaseLink(gateway::NameStore &names, std::string_view tunnel, std::string_view connectionId,
                           gateway::Time now, gateway::Time deadline)
{
    for (unsigned tries = 0; tries < wire::kClaimTries; ++tries) {
        const auto stored = names.load(tunnel, deadline);
        if (!stored)
            return std::unexpected(stored.error());
        const auto next = *stored ? gateway::release(**stored, connectionId, now) : std::nullopt;
        if (!next)
            return {};
        const auto saved = names.save(*next, deadline);
        if (!saved)
            return std::unexpected(saved.error());
        if (*saved)
            return {};
    }
    return wire::fail(wire::Code::RateLimited, "the reservation was changed by others each time");
}

void tellWaiters(World &world, gateway::ReplySender &notices, std::string_view connectionId,
                 const std::vector<std::string> &waiters, gateway::Time deadline)
{
    for (const auto &waiter : waiters) {
        if (const auto told = notices.send(waiter, gateway::linkGoneText(connectionId), deadline); !told)
            world.log.warn("waiter_not_told", {{"connection_id", connectionId}, {"reason", told.error().message}});
    }
}

} // namespace functions
