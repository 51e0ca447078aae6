// What both functions do when a link has gone: take it out of the reservation of its tunnel, however often others change that
// meanwhile, and tell those who wait for its answers.
#pragma once

#include "functions/world.h"

#include <string>
#include <string_view>
#include <vector>

namespace functions {

// Fine when it does not stand there any more. RateLimited when others were faster each time.
[[nodiscard]] wire::Result<> releaseLink(gateway::NameStore &names, std::string_view tunnel,
                                         std::string_view connectionId, gateway::Time now, gateway::Time deadline);

// `waiters` are reply addresses. What fails is logged: those requests end by their own time limit.
void tellWaiters(World &world, gateway::ReplySender &notices, std::string_view connectionId,
                 const std::vector<std::string> &waiters, gateway::Time deadline);

} // namespace functions
