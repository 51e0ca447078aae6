#include "client/retry_delay.h"

#include <algorithm>
#include <cmath>

namespace client {

namespace {

constexpr unsigned kMostDoublings = 32; // beyond any cap; keeps the exponent small

} // namespace

std::chrono::milliseconds retryDelay(unsigned attempt, double random, RetryBounds bounds)
{
    const int doublings = static_cast<int>(std::clamp(attempt, 1U, kMostDoublings) - 1);
    const double ceiling = std::min(static_cast<double>(bounds.cap.count()),
                                    std::ldexp(static_cast<double>(bounds.base.count()), doublings));
    return std::chrono::milliseconds{std::llround(ceiling * std::clamp(random, 0.0, 1.0))};
}

} // namespace client
