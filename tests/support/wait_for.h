// Waits for a condition that another thread brings about, with a bound.
#pragma once

#include "support/blocking_socket.h"

#include <chrono>
#include <thread>

namespace support {

// True as soon as the condition is; it is asked again and again, so it should do something that takes a little.
template <class Condition>
[[nodiscard]] bool eventually(Condition condition, std::chrono::milliseconds within = kBound)
{
    const auto end = std::chrono::steady_clock::now() + within;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end)
            return false;
        std::this_thread::yield();
    }
    return true;
}

} // namespace support
