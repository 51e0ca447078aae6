#include "relay/deadlines.h"

#include <utility>

namespace relay {

Deadline::Deadline(Deadlines &clock, std::function<void()> expired)
    : m_clock(clock), m_expired(std::move(expired)), m_index(clock.m_all.size())
{
    m_clock.m_all.push_back(this);
}

Deadline::~Deadline()
{
    Deadline *last = m_clock.m_all.back();
    m_clock.m_all[m_index] = last;
    last->m_index = m_index;
    m_clock.m_all.pop_back();
}

void Deadline::arm(std::chrono::milliseconds after) noexcept
{
    m_at = m_clock.m_now + after + Deadlines::kTick; // m_now may be a tick old
}

void Deadlines::advance(SteadyTime now)
{
    m_now = now;
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        Deadline *deadline = m_all[i];
        if (deadline->m_at && *deadline->m_at <= now) {
            deadline->m_at.reset();
            deadline->m_expired();
        }
    }
}

} // namespace relay
