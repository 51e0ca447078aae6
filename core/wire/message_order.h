// Which control message may come when (docs/protocol.md). Pure; any thread.
#pragma once

#include "wire/message.h"
#include "wire/result.h"

namespace wire {

// What a server takes from a client: `ready` first and once, and nothing that only a server says. ProtocolError.
[[nodiscard]] Result<> checkFromClient(const ControlMessage &message, bool established);

} // namespace wire
