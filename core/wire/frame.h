// v2 framing: a WebSocket message is one or more frames back to back; a frame never spans two messages.
// Header, big endian: stream id (4; 0 = the connection), kind (1), payload length (3).
#pragma once

#include "wire/limits.h"
#include "wire/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wire {

enum class FrameKind : std::uint8_t {
    Control = 0,
    RequestHead = 1,
    ResponseHead = 2,
    Data = 3,
    End = 4,
    Reset = 5,
    Window = 6,
};

struct Frame {
    std::uint32_t stream = 0;
    FrameKind kind = FrameKind::Control;
    std::string_view payload; // into the message given to FrameReader: valid as long as that is
};

// Reads the frames of one whole WebSocket message, in order, without copying.
class FrameReader {
public:
    explicit FrameReader(std::string_view message) noexcept : m_rest(message) {}

    // The next frame; nullopt at the end of the message; an error for a truncated frame, an unknown kind, a payload
    // over its kind's limit, or a stream id that does not suit the kind. After an error the link must be closed.
    [[nodiscard]] Result<std::optional<Frame>> next();

private:
    std::string_view m_rest;
};

// Appends one frame to `out`. The payload must be within its kind's limit (a bug otherwise: asserted).
void appendFrame(std::string &out, std::uint32_t stream, FrameKind kind, std::string_view payload);
// Appends a header with a length yet unknown and returns its position; finishFrame() writes the length.
[[nodiscard]] std::size_t beginFrame(std::string &out, std::uint32_t stream, FrameKind kind);
void finishFrame(std::string &out, std::size_t headerPosition);

void appendWindow(std::string &out, std::uint32_t stream, std::uint32_t credit);
[[nodiscard]] Result<std::uint32_t> decodeWindow(std::string_view payload); // zero credit is an error

[[nodiscard]] std::size_t maxPayload(FrameKind kind) noexcept;

} // namespace wire
