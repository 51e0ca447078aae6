// How often something may happen: `burst` at once and `perSecond` in the long run, by one stored time and no timer (the
// generic cell rate algorithm, ITU-T I.371). Pure: the clock is an argument and never goes back. Any one thread.
#pragma once

#include "wire/stream_credit.h"

#include <chrono>
#include <cstdint>

namespace wire {

struct Rate {
    double perSecond = 0; // kMinRequestRate to kMaxTokenRate, or bytes
    double burst = 1; // from 1

    friend bool operator==(const Rate &, const Rate &) = default;
};

class TokenBucket {
public:
    using Time = SteadyTime;

    explicit TokenBucket(const Rate &rate) noexcept;

    // How long until a token is there; zero for now.
    [[nodiscard]] std::chrono::nanoseconds wait(Time now) const noexcept
    {
        const auto missing = m_full - now - m_tolerance;
        return missing.count() > 0 ? missing : std::chrono::nanoseconds::zero();
    }
    // Takes so many, there or not: what is missing makes wait() longer.
    void take(Time now, std::uint64_t tokens = 1) noexcept
    {
        const auto begin = m_full > now ? m_full : now;
        m_full = begin + std::chrono::nanoseconds(static_cast<std::int64_t>(static_cast<double>(tokens) * m_interval));
    }
    // Nothing taken is still missing: as good as new.
    [[nodiscard]] bool full(Time now) const noexcept { return m_full <= now; }

private:
    double m_interval; // nanoseconds in which one token comes
    std::chrono::nanoseconds m_tolerance; // time in which all but one come
    Time m_full{}; // when the last one will have come
};

} // namespace wire
