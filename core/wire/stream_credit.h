// Flow-control arithmetic of one direction of one stream. Pure: the clock and the round-trip time are arguments.
#pragma once

#include "wire/limits.h"
#include "wire/result.h"

#include <chrono>
#include <cstdint>

namespace wire {

using SteadyTime = std::chrono::steady_clock::time_point;

// The sending side: how many bytes may still be sent.
class SendCredit {
public:
    [[nodiscard]] std::size_t available() const noexcept { return m_available; }
    // At most available(): a bug otherwise.
    void take(std::size_t bytes) noexcept;
    // From a window frame. A total above 2^31-1 is a protocol error.
    [[nodiscard]] Result<> add(std::uint32_t bytes);

private:
    std::size_t m_available = kInitialWindowBytes;
};

// All raised windows of one link together; owned by the link, borrowed by its streams' ReceiveWindow.
class LinkWindowBudget {
public:
    // Grants up to `bytes` more, less when the link's kMaxLinkWindowBytes is used up.
    [[nodiscard]] std::uint32_t reserve(std::uint32_t bytes) noexcept;
    void release(std::uint32_t bytes) noexcept;

private:
    std::size_t m_left = kMaxLinkWindowBytes;
};

// The receiving side: what the peer may still send, and when to tell it of more. The window starts at
// kInitialWindowBytes; it doubles (to kMaxWindowBytes, within the link's budget) when half of it was consumed in less
// than one round trip, because then the window and not the reader is what limits the sender.
class ReceiveWindow {
public:
    ReceiveWindow(LinkWindowBudget &budget, SteadyTime now) noexcept : m_budget(budget), m_lastGrant(now) {}
    ~ReceiveWindow() { m_budget.release(m_window - kInitialWindowBytes); }
    ReceiveWindow(const ReceiveWindow &) = delete;
    ReceiveWindow &operator=(const ReceiveWindow &) = delete;

    // Bytes arrived. More than was granted is a protocol error.
    [[nodiscard]] Result<> onReceived(std::size_t bytes);
    // Bytes were handed on. Returns the credit to send now, 0 for none yet. `roundTrip` zero means unknown: no growth.
    [[nodiscard]] std::uint32_t onConsumed(std::size_t bytes, SteadyTime now, std::chrono::nanoseconds roundTrip);

    [[nodiscard]] std::uint32_t window() const noexcept { return m_window; }

private:
    LinkWindowBudget &m_budget;
    std::uint32_t m_window = kInitialWindowBytes;
    std::size_t m_granted = kInitialWindowBytes; // sent to the peer, not yet used by it
    std::size_t m_unreported = 0; // consumed, not yet given back
    SteadyTime m_lastGrant;
};

} // namespace wire
