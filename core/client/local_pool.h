// Keep-alive connections to local services. A LocalSite is one service: it opens connections, keeps the idle ones and
// drops them in time. Tunnels with equal targets share a site. Engine thread.
#pragma once

#include "client/local_connection.h"

#include <QBasicTimer>
#include <QObject>

#include <chrono>
#include <deque>
#include <memory>
#include <vector>

namespace client {

using SteadyClock = std::chrono::steady_clock;

// Which idle connection a request may have: the older, the likelier the service is closing it this very moment.
enum class Reuse : std::uint8_t {
    Any,
    Recent, // idle for no longer than wire::kLocalReuseUnsafeAfter
    None,
};

class LocalSite {
public:
    explicit LocalSite(LocalTarget target) : m_service{std::move(target)} {}

    // An idle connection (isUp()) or one that is being opened and will tell `listener`. Never null.
    [[nodiscard]] LocalConnectionPtr acquire(Reuse reuse, LocalConnection::Listener &listener,
                                             SteadyClock::time_point now);
    // After a complete exchange. `idle`: how long the service keeps it, zero when it did not say.
    void release(LocalConnectionPtr connection, std::chrono::seconds idle, SteadyClock::time_point now);
    // Drops what is too old or was closed by the service.
    void sweep(SteadyClock::time_point now);

    [[nodiscard]] const LocalTarget &target() const { return m_service.target; }
    [[nodiscard]] std::size_t idleConnections() const { return m_idle.size(); }

private:
    struct Idle {
        LocalConnectionPtr connection;
        SteadyClock::time_point since;
        SteadyClock::time_point until;
    };
    LocalConnectionPtr takeIdle(Reuse reuse, SteadyClock::time_point now);

    LocalService m_service;
    std::deque<Idle> m_idle; // newest last
};

class LocalPool : public QObject {
    Q_OBJECT
public:
    explicit LocalPool(QObject *parent = nullptr);

    // The site of this service, made when nobody holds it yet.
    [[nodiscard]] std::shared_ptr<LocalSite> site(const LocalTarget &target);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    std::vector<std::weak_ptr<LocalSite>> m_sites;
    QBasicTimer m_sweepTimer;
};

} // namespace client
