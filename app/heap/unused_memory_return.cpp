#include "heap/unused_memory_return.h"

#include <csignal>
#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace heap {

namespace {

void returnUnusedMemory()
{
#ifdef __GLIBC__
    ::malloc_trim(0); // every thread's heap, also the pages between what is in use
#endif
}

// A new thread takes over its maker's mask.
class SignalsBlocked {
public:
    SignalsBlocked()
    {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &m_before);
    }
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }
    SignalsBlocked(const SignalsBlocked &) = delete;
    SignalsBlocked &operator=(const SignalsBlocked &) = delete;

private:
    sigset_t m_before{};
};

} // namespace

UnusedMemoryReturn::UnusedMemoryReturn(std::chrono::milliseconds interval)
{
    const SignalsBlocked blocked;
    m_thread = std::jthread([this, interval](const std::stop_token &stop) { run(stop, interval); });
}

void UnusedMemoryReturn::run(const std::stop_token &stop, std::chrono::milliseconds interval)
{
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, stop, interval, [&stop] { return stop.stop_requested(); }))
        returnUnusedMemory();
}

} // namespace heap
