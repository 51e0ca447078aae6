// What a server lets through on one tunnel, in words for its owner; the same in terminal and window. Pure; any thread.
#pragma once

#include "client/tunnel_status.h"

#include <QString>

namespace workspace {

// "no WebSockets, 50 requests/s (100 at once), 20 in flight, 25.0 MB a request, 2 min for an answer"; empty when the server
// told nothing.
[[nodiscard]] QString limitsText(const client::TunnelStatus &status);

} // namespace workspace
