// One link of a tunnel as step() sees it, and when it wants attention. Pure; part of TunnelState.
#pragma once

#include "client/retry_delay.h"
#include "wire/limits.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace client {

using LinkId = std::uint32_t;
using Millis = std::chrono::milliseconds;

inline constexpr unsigned kPingsToDeath = 2; // unanswered; then the pong grace runs

struct TunnelTimes {
    Millis pingInterval{wire::kPingInterval};
    Millis pongGrace{wire::kPongGrace};
    Millis handshake{wire::kHandshakeTimeout};
    Millis v1PingInterval{wire::kV1PingInterval}; // when the server does not say
    Millis v1LinkLife{wire::kV1LinkLife};
    Millis v1Overlap{wire::kV1Overlap};
    RetryBounds retry;
};

struct LinkState {
    enum class Stage : std::uint8_t { Connecting, Joining, Online, Draining };

    LinkId id = 0;
    Stage stage = Stage::Connecting;
    Millis since{0}; // in this stage
    Millis lastPing{0};
    Millis pingInterval{0};
    std::optional<Millis> handOverAt{}; // v1: the server ends the link some time after that
    std::optional<Millis> watchAt{};    // v1, once the next link stands: from when on no new streams come here
    unsigned unanswered = 0; // pings since anything was heard
    bool drained = false;
};

[[nodiscard]] bool isPending(const LinkState &link) noexcept; // Connecting or Joining
[[nodiscard]] bool isLive(const LinkState &link) noexcept;    // Online or Draining
[[nodiscard]] bool isOnline(const LinkState &link) noexcept;

// When the handshake, the heartbeat or the hand-over of this link is due.
[[nodiscard]] Millis dueOf(const LinkState &link, const TunnelTimes &times) noexcept;

} // namespace client
