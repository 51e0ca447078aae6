#include "embedded/stop_signals.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>

namespace embedded {

namespace {

constexpr int kExitBySignal = 128; // plus its number, as shells report it

// A signal handler has no object: these two are all it touches.
std::atomic<int> pipeEnd{-1};
std::atomic<int> signalsSeen{0};
static_assert(std::atomic<int>::is_always_lock_free);

extern "C" void onStopSignal(int number)
{
    const int error = errno;
    if (signalsSeen.fetch_add(1) > 0 && number != SIGHUP)
        ::_exit(kExitBySignal + number);
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = ::write(pipeEnd.load(), &byte, 1);
    errno = error;
}

} // namespace

StopSignals::StopSignals(QObject *parent) : QObject(parent)
{
    if (::pipe2(m_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        std::abort(); // no descriptors left at start: nothing else would work either
    signalsSeen = 0;
    pipeEnd = m_pipe[1];
    m_readable = std::make_unique<QSocketNotifier>(m_pipe[0], QSocketNotifier::Read);
    connect(m_readable.get(), &QSocketNotifier::activated, this, [this] {
        m_readable->setEnabled(false);
        Q_EMIT stopRequested();
    });
    struct sigaction action{};
    action.sa_handler = onStopSignal; // without SA_RESTART: a blocked write to a stuck terminal returns
    for (std::size_t i = 0; i < kSignals.size(); ++i)
        ::sigaction(kSignals[i], &action, &m_former[i]);
}

StopSignals::~StopSignals()
{
    for (std::size_t i = 0; i < kSignals.size(); ++i)
        ::sigaction(kSignals[i], &m_former[i], nullptr);
    pipeEnd = -1;
    m_readable.reset();
    ::close(m_pipe[0]);
    ::close(m_pipe[1]);
}

} // namespace embedded
