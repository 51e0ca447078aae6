// Takes a link out of the reservation of its tunnel, however often others change that meanwhile. What both functions do when a
// link has gone.
#pragma once

#include "gateway/ports.h"

#include <string_view>

namespace functions {

// Fine when it does not stand there any more. RateLimited when others were faster each time.
[[nodiscard]] wire::Result<> releaseLink(gateway::NameStore &names, std::string_view tunnel,
                                         std::string_view connectionId, gateway::Time now, gateway::Time deadline);

} // namespace functions
