#include "client/network_watch.h"

#include <QNetworkInformation>

#include <time.h>

namespace client {

namespace {

using std::chrono::nanoseconds;

constexpr std::chrono::seconds kCheckInterval{5};
constexpr std::chrono::seconds kShortestSleep{2}; // clocks are read one after the other: ignore what is no sleep

#ifdef CLOCK_BOOTTIME
nanoseconds read(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return std::chrono::seconds{time.tv_sec} + nanoseconds{time.tv_nsec};
}

nanoseconds withSleep()
{
    return read(CLOCK_BOOTTIME);
}

nanoseconds awake()
{
    return read(CLOCK_MONOTONIC);
}
#else
nanoseconds withSleep()
{
    return std::chrono::system_clock::now().time_since_epoch();
}

nanoseconds awake()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}
#endif

} // namespace

bool ResumeDetector::update(nanoseconds withSleep, nanoseconds awake)
{
    const nanoseconds slept = withSleep - awake;
    const bool resumed = m_slept && slept - *m_slept >= kShortestSleep;
    m_slept = slept;
    return resumed;
}

NetworkWatch::NetworkWatch(QObject *parent) : QObject(parent), m_timer(this)
{
    if (auto *network = QNetworkInformation::instance()) {
        connect(network, &QNetworkInformation::reachabilityChanged, this, [this](auto reachability) {
            if (reachability != QNetworkInformation::Reachability::Disconnected)
                Q_EMIT networkChanged();
        });
        connect(network, &QNetworkInformation::transportMediumChanged, this, &NetworkWatch::networkChanged);
    }
    connect(&m_timer, &QTimer::timeout, this, &NetworkWatch::checkClocks);
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    m_timer.start(kCheckInterval);
    checkClocks();
}

bool NetworkWatch::loadBackend()
{
    return QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability);
}

void NetworkWatch::checkClocks()
{
    if (m_detector.update(withSleep(), awake()))
        Q_EMIT resumed();
}

} // namespace client
