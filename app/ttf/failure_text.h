// What stderr says about a tunnel that will not come back by itself: what happened, why, and what to do. Pure.
#pragma once

#include "client/tunnel_status.h"

#include <string>

namespace ttf {

// "ERROR: Unauthorized", then the server's reason, then how to mend it; several lines. `tokenGiven`: a token was sent.
[[nodiscard]] std::string failureText(const client::TunnelStatus &status, bool tokenGiven);

} // namespace ttf
