// Cuts a run of whole frames into WebSocket messages. Pure; any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace client {

// The length of the next message: as many whole frames from the beginning of `frames` as fit wire::kMaxMessageBytes.
// `frames` must be whole frames, as wire::appendFrame writes them, and not empty.
[[nodiscard]] std::size_t nextMessageBytes(std::string_view frames) noexcept;

} // namespace client
