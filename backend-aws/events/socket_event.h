// What a WebSocket API invokes its function with: the question of its authorizer, $connect, $disconnect and messages. Pure;
// any thread. See event.h.
#pragma once

#include "events/event.h"

#include <nlohmann/json_fwd.hpp>

namespace events {

[[nodiscard]] wire::Result<Event> readAuthorizerEvent(const nlohmann::json &event);
[[nodiscard]] wire::Result<Event> readSocketEvent(const nlohmann::json &event);

} // namespace events
