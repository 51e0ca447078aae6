// A WebSocket client's binary message as it goes over the wire (RFC 6455 5.2), made in one pass over the payload:
// QWebSocket copies a message twice and masks it byte by byte, which was a third of a download's time. Pure; any thread.
#pragma once

#include <QByteArray>

#include <cstdint>
#include <string_view>

namespace client {

// One final frame with opcode binary. `key` must be unpredictable (RFC 6455 10.3).
[[nodiscard]] QByteArray maskedBinaryFrame(std::string_view payload, std::uint32_t key);

} // namespace client
