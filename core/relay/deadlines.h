// Time limits by one coarse clock instead of a timer each: arming one is two stores, so every read and write can have
// its own. Relay thread only. A Deadline belongs to the connection it guards and dies with it.
#pragma once

#include "relay/io.h"

#include <functional>
#include <optional>
#include <vector>

namespace relay {

class Deadlines;

class Deadline {
public:
    // `expired` must only close or wake something: it must not destroy a Deadline.
    Deadline(Deadlines &clock, std::function<void()> expired);
    ~Deadline();
    Deadline(const Deadline &) = delete;
    Deadline &operator=(const Deadline &) = delete;

    // Replaces what was armed before. Precise to Deadlines::kTick, never early.
    void arm(std::chrono::milliseconds after) noexcept;
    void disarm() noexcept { m_at.reset(); }

private:
    friend class Deadlines;
    Deadlines &m_clock;
    std::function<void()> m_expired;
    std::optional<SteadyTime> m_at;
    std::size_t m_index = 0;
};

class Deadlines {
public:
    static constexpr std::chrono::milliseconds kTick{250}; // limits are seconds; a finer clock would only cost

    // Fires what is due. The server calls it every kTick; tests call it with times of their own.
    void advance(SteadyTime now);
    [[nodiscard]] SteadyTime now() const noexcept { return m_now; }

private:
    friend class Deadline;
    std::vector<Deadline *> m_all;
    SteadyTime m_now = std::chrono::steady_clock::now();
};

} // namespace relay
