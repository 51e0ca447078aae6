// The admin listener: /healthz and /metrics for the operator, never on the public address. One coroutine a connection;
// relay thread only.
#pragma once

#include "relay/connection.h"
#include "relay/context.h"

#include <memory>
#include <string_view>

namespace relay {

[[nodiscard]] Task<> serveAdmin(Context &context, std::unique_ptr<Connection> connection, std::string_view version);

} // namespace relay
