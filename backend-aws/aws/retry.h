// When to ask again: full jitter, a bounded number of tries, never past the deadline. Pure; any thread.
#pragma once

#include "wire/limits.h"

#include <chrono>
#include <optional>

namespace aws {

struct RetryRule {
    unsigned tries = wire::kServiceTries;
    std::chrono::milliseconds base = wire::kServiceRetryBase;
    std::chrono::milliseconds cap = wire::kServiceRetryCap;
};

// How long to wait after that many failures; nothing when no try is left, or when it would begin at the deadline or later.
// `random` is in [0, 1).
[[nodiscard]] std::optional<std::chrono::milliseconds> retryPause(const RetryRule &rule, unsigned failures,
                                                                  double random, std::chrono::milliseconds left);

} // namespace aws
