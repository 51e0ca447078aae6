#include "client/local_pool.h"

#include "wire/limits.h"

#include <algorithm>

namespace client {

namespace {

constexpr std::chrono::seconds kSweepInterval{5};
constexpr std::chrono::seconds kCloseMargin{1}; // give up a connection before the service does

bool sameService(const LocalTarget &a, const LocalTarget &b)
{
    return a.port == b.port && a.tls == b.tls && a.verify == b.verify && a.host == b.host &&
           a.pinnedSha256 == b.pinnedSha256;
}

} // namespace

LocalConnectionPtr LocalSite::takeIdle(Reuse reuse, SteadyClock::time_point now)
{
    while (reuse != Reuse::None && !m_idle.empty()) {
        auto &newest = m_idle.back();
        bool usable = newest.connection->isUsable() && newest.until > now;
        if (usable && reuse == Reuse::Recent && now - newest.since > wire::kLocalReuseUnsafeAfter)
            return nullptr;
        usable = usable && (reuse == Reuse::Any || newest.connection->isQuiet());
        auto connection = std::move(newest.connection);
        m_idle.pop_back();
        if (usable)
            return connection;
    }
    return nullptr;
}

LocalConnectionPtr LocalSite::acquire(Reuse reuse, LocalConnection::Listener &listener, SteadyClock::time_point now)
{
    if (auto idle = takeIdle(reuse, now)) {
        idle->attach(listener);
        return idle;
    }
    LocalConnectionPtr fresh(new LocalConnection(m_service));
    fresh->open(listener);
    return fresh;
}

void LocalSite::release(LocalConnectionPtr connection, std::chrono::seconds idle, SteadyClock::time_point now)
{
    if (!connection->isUsable() || connection->hasBytes())
        return;
    connection->detach();
    auto keep = wire::kLocalIdleTimeout;
    if (idle.count() > 0)
        keep = std::min(keep, std::max(idle - kCloseMargin, std::chrono::seconds{0}));
    if (m_idle.size() >= wire::kLocalPoolSize)
        m_idle.pop_front();
    m_idle.push_back({std::move(connection), now, now + keep});
}

void LocalSite::sweep(SteadyClock::time_point now)
{
    std::erase_if(m_idle, [now](const Idle &idle) { return !idle.connection->isUsable() || idle.until <= now; });
}

LocalPool::LocalPool(QObject *parent) : QObject(parent)
{
}

std::shared_ptr<LocalSite> LocalPool::site(const LocalTarget &target)
{
    for (const auto &known : m_sites) {
        if (auto site = known.lock(); site && sameService(site->target(), target))
            return site;
    }
    auto site = std::make_shared<LocalSite>(target);
    m_sites.emplace_back(site);
    if (!m_sweepTimer.isActive())
        m_sweepTimer.start(int(std::chrono::milliseconds{kSweepInterval}.count()), Qt::VeryCoarseTimer, this);
    return site;
}

void LocalPool::timerEvent(QTimerEvent *)
{
    std::erase_if(m_sites, [](const auto &site) { return site.expired(); });
    for (const auto &known : m_sites) {
        if (auto site = known.lock())
            site->sweep(SteadyClock::now());
    }
    if (m_sites.empty())
        m_sweepTimer.stop();
}

} // namespace client
