// Measures how long the event loop of this thread is away from its work, turn by turn: what a user feels as a frozen
// window. Wall time tells what happened on this machine, busy time (CPU of this thread) what our own code took of it,
// which other programs cannot spoil. Lives on the thread it watches.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <ctime>

namespace support {

// What a turn may cost of this thread's time. The promise is 50 ms and e2e/desktop_load holds it; this is a guard that a
// shared processor with cold caches does not trip. The sanitizers make all code several times slower.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr qint64 kLongestTurnMs = 400;
#else
inline constexpr qint64 kLongestTurnMs = 100;
#endif

class FrameWatch : public QObject {
public:
    FrameWatch()
    {
        m_turn.setTimerType(Qt::PreciseTimer);
        m_turn.setInterval(std::chrono::milliseconds(kTurnMs));
        connect(&m_turn, &QTimer::timeout, this, [this] { note(); });
    }

    void start()
    {
        m_longestWall = 0;
        m_longestBusy = 0;
        m_turns = 0;
        m_busyTotal = 0;
        m_wall.start();
        m_total.start();
        m_busy = busyNow();
        m_turn.start();
    }
    void stop() { m_turn.stop(); }

    // Milliseconds between two turns of the loop, which a free one makes every kTurnMs.
    [[nodiscard]] qint64 longestWallMs() const { return m_longestWall; }
    [[nodiscard]] qint64 longestBusyMs() const { return m_longestBusy / 1'000'000; }
    [[nodiscard]] int turns() const { return m_turns; }
    // How much of the time this thread computed, in percent.
    [[nodiscard]] qint64 loadPercent() const
    {
        return m_total.elapsed() == 0 ? 0 : m_busyTotal / 10'000 / m_total.elapsed();
    }

private:
    static constexpr int kTurnMs = 4;

    static qint64 busyNow()
    {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return qint64(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
    }
    void note()
    {
        const qint64 busy = busyNow();
        m_longestWall = std::max(m_longestWall, m_wall.restart());
        m_longestBusy = std::max(m_longestBusy, busy - m_busy);
        m_busyTotal += busy - m_busy;
        m_busy = busy;
        ++m_turns;
    }

    QTimer m_turn;
    QElapsedTimer m_wall;
    QElapsedTimer m_total;
    qint64 m_busy = 0;
    qint64 m_busyTotal = 0;
    qint64 m_longestWall = 0;
    qint64 m_longestBusy = 0;
    int m_turns = 0;
};

} // namespace support
