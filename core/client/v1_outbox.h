// Messages of v1 on their way out, no faster than a function with little concurrency takes them: each full one is an
// invocation of its own, and what Lambda throttles is lost with its request. Sans I/O: the clock is an argument. Owned by
// TunnelLink, engine thread.
#pragma once

#include "wire/limits.h"
#include "wire/token_bucket.h"

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace client {

class V1Outbox {
public:
    void add(std::string message);
    // What may leave now, in order.
    [[nodiscard]] std::vector<std::string> take(wire::SteadyTime now);
    // How long until there is more to take, at least 1 ms; nothing while none waits.
    [[nodiscard]] std::optional<std::chrono::milliseconds> wait(wire::SteadyTime now) const;
    [[nodiscard]] std::size_t bytes() const noexcept { return m_bytes; } // that wait

private:
    std::deque<std::string> m_waiting;
    std::size_t m_bytes = 0;
    // Of bytes: a message leaves while there is one, and is paid for whole.
    wire::TokenBucket m_bucket{
        {double(wire::kV1BytesPerSecond),
         1 + double(wire::kV1BytesPerSecond) * std::chrono::duration<double>(wire::kV1Burst).count()}};
};

} // namespace client
