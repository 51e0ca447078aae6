// When each of a steady stream of events is due: fixed at the start, whatever happens to earlier ones (open loop).
// What is measured from due() shows the waiting that a stall causes to everything behind it.
#pragma once

#include <chrono>
#include <cmath>
#include <cstdint>

namespace load {

using SteadyTime = std::chrono::steady_clock::time_point;

class Schedule {
public:
    // `perSecond` above 0; `total` events in all.
    Schedule(SteadyTime start, double perSecond, std::uint64_t total)
        : m_start(start), m_perSecond(perSecond), m_total(total)
    {
    }

    [[nodiscard]] SteadyTime due(std::uint64_t index) const
    {
        const std::chrono::duration<double> after(static_cast<double>(index) / m_perSecond);
        return m_start + std::chrono::duration_cast<std::chrono::steady_clock::duration>(after);
    }
    // Whether another one is due; if so it is taken, and `when` says since when.
    [[nodiscard]] bool take(SteadyTime now, SteadyTime &when)
    {
        if (done())
            return false;
        when = due(m_next);
        if (when > now)
            return false;
        ++m_next;
        return true;
    }
    [[nodiscard]] bool done() const noexcept { return m_next >= m_total; }

private:
    SteadyTime m_start;
    double m_perSecond;
    std::uint64_t m_total;
    std::uint64_t m_next = 0;
};

} // namespace load
