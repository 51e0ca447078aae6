#include "wire/token_bucket.h"

#include <algorithm>

namespace wire {

namespace {

constexpr double kNanosPerSecond = 1e9;
constexpr double kLongestNanos = 4e18; // a century: added to a clock it stays within 64 bits

} // namespace

TokenBucket::TokenBucket(const Rate &rate) noexcept
    : m_interval(kNanosPerSecond / rate.perSecond),
      m_tolerance(static_cast<std::int64_t>(std::min((rate.burst - 1) * m_interval, kLongestNanos)))
{
}

} // namespace wire
