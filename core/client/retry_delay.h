// How long to wait before the next attempt: exponential backoff with full jitter, so that clients that lost a relay
// together do not come back together. Pure; any thread.
#pragma once

#include "wire/limits.h"

#include <chrono>

namespace client {

struct RetryBounds {
    std::chrono::milliseconds base{wire::kRetryBase};
    std::chrono::milliseconds cap{wire::kRetryCap};
};

// `attempt` counts failures from 1; `random` is in [0, 1]. A wait in [0, min(cap, base * 2^(attempt - 1))].
[[nodiscard]] std::chrono::milliseconds retryDelay(unsigned attempt, double random, RetryBounds bounds = {});

} // namespace client
