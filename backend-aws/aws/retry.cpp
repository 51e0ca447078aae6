#include "aws/retry.h"

#include <algorithm>
#include <cstdint>

namespace aws {

std::optional<std::chrono::milliseconds> retryPause(const RetryRule &rule, unsigned failures, double random,
                                                    std::chrono::milliseconds left)
{
    if (failures >= rule.tries)
        return std::nullopt;
    const auto doublings = std::min(failures, 20U);
    const auto most = std::min<std::int64_t>(rule.base.count() << doublings, rule.cap.count());
    const std::chrono::milliseconds pause(static_cast<std::int64_t>(static_cast<double>(most) * random));
    return pause < left ? std::optional(pause) : std::nullopt;
}

} // namespace aws
