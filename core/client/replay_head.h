// The head of a request that the user sends, made fit for the wire. Pure; any thread.
#pragma once

#include "client/replay_request.h"

#include <optional>
#include <string>

namespace client {

// Content-Length and `body` as the body asks for, a request id when there is none. InvalidRequest with a sentence for
// the user when it asks for an upgrade, chooses its framing, or is no HTTP at all.
[[nodiscard]] wire::Result<wire::RequestHead> replayHead(const ReplayRequest &request);

// The Host field for it: as for the visitors of its tunnel, and never none (RFC 9112 3.2). Nothing: keep the head's own.
[[nodiscard]] std::optional<std::string> replayHostField(const ReplayRequest &request);

} // namespace client
