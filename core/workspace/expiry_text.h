// When a token ends, as people read it, the same in terminal and window. Pure; any thread.
#pragma once

#include "settings/token_expiry.h"

#include <cstdint>
#include <string>

namespace workspace {

enum class ExpiryStage : std::uint8_t { Fine, Soon, Near, Over }; // wire::kExpirySoon, wire::kExpiryNear

[[nodiscard]] ExpiryStage expiryStage(settings::TokenTime expiry, settings::TokenTime now);
// "expires in 6 days", "expires in 5 hours", "expires within the hour", "expired 2 days ago", "expired within the hour".
[[nodiscard]] std::string expiryText(settings::TokenTime expiry, settings::TokenTime now);
[[nodiscard]] settings::TokenTime tokenClock(); // now

} // namespace workspace
