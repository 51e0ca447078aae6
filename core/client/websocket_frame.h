// A WebSocket client's messages as they go over the wire (RFC 6455 5.2), made in one pass over the payload:
// QWebSocket copies a message twice and masks it byte by byte, which was a third of a download's time. Pure; any thread.
#pragma once

#include <QByteArray>

#include <cstdint>
#include <functional>
#include <string_view>

namespace client {

// One final frame with opcode binary. `key` must be unpredictable (RFC 6455 10.3).
[[nodiscard]] QByteArray maskedBinaryFrame(std::string_view payload, std::uint32_t key);

// A text message in as many frames as it takes when none may be longer than `maxFrame`, header and all. Every frame has
// a key of its own from `drawKey`.
[[nodiscard]] QByteArray maskedTextFrames(std::string_view text, std::size_t maxFrame,
                                          const std::function<std::uint32_t()> &drawKey);

} // namespace client
