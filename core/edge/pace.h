// How fast bytes may pass on a line that several share: whoever has moved a piece waits as long as it is told, and so
// pays for what it took. Nothing is dropped. Pure: the clock is an argument. Owned by the tunnel's quotas; one thread.
#pragma once

#include "wire/token_bucket.h"

#include <cstddef>

namespace edge {

class Pace {
public:
    explicit Pace(std::uint64_t bytesPerSecond) noexcept;

    [[nodiscard]] std::size_t piece() const noexcept { return m_piece; } // at most so many bytes at once
    // Bytes have been moved: how long the mover waits before its next ones.
    [[nodiscard]] std::chrono::nanoseconds onMoved(std::size_t bytes, wire::TokenBucket::Time now) noexcept
    {
        m_bucket.take(now, bytes);
        return m_bucket.wait(now);
    }
    [[nodiscard]] bool idle(wire::TokenBucket::Time now) const noexcept { return m_bucket.full(now); }

private:
    std::size_t m_piece;
    wire::TokenBucket m_bucket;
};

} // namespace edge
