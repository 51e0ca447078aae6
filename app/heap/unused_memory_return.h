// Gives the pages of freed memory back to the system now and then: what a burst needed would otherwise stay with the
// process, in pieces that the next burst does not fit into, so that a program of many days grew with each. Owned by main();
// works on a thread of its own, which handles no signals.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace heap {

// Seldom enough that a busy program does not make the same pages again and again: a thousand page faults are a millisecond.
inline constexpr std::chrono::seconds kReturnInterval{60};

class UnusedMemoryReturn {
public:
    explicit UnusedMemoryReturn(std::chrono::milliseconds interval = kReturnInterval);

private:
    void run(const std::stop_token &stop, std::chrono::milliseconds interval);

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::jthread m_thread;
};

} // namespace heap
