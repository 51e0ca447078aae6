// A request as an HTTP API describes it (payload format 2.0): path, query and cookies are taken from what AWS left as it came
// (rawPath, rawQueryString, cookies), never from its decoded maps. Pure; any thread. See event.h.
#pragma once

#include "events/event.h"

#include <nlohmann/json_fwd.hpp>

namespace events {

[[nodiscard]] wire::Result<Event> readHttpEvent(const nlohmann::json &event);

} // namespace events
