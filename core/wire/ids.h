// Ids that cross the wire: how they are drawn and what is accepted. Randomness comes from the operating system's
// generator through a buffer per thread, so that a drawn id cannot be guessed and costs no system call. Any thread.
#pragma once

#include "wire/result.h"

#include <string>
#include <string_view>

namespace wire {

[[nodiscard]] std::string drawTunnelId();  // ^[a-z0-9]{12}$
[[nodiscard]] std::string drawRequestId(); // req_ + random UUID (RFC 9562 version 4); fast: called once per request
[[nodiscard]] std::string drawSessionId(); // random UUID

[[nodiscard]] bool isRequestId(std::string_view text) noexcept;

// ^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])$: kMinNameLength to kMaxNameLength characters. The message says in words what is
// wrong.
[[nodiscard]] Result<> checkTunnelName(std::string_view name);

} // namespace wire
