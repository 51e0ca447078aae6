#include "client/engine_worker.h"

#include <QTimer>

namespace client {

namespace {

constexpr std::chrono::milliseconds kShutDownTimeout{1000};

} // namespace

EngineWorker::EngineWorker(const EngineOptions &options) : m_options(options)
{
    for (QObject *child :
         {static_cast<QObject *>(&m_pool), static_cast<QObject *>(&m_log), static_cast<QObject *>(&m_watch), &m_links})
        child->setParent(this); // moves to the engine thread with us
    connect(&m_log, &ExchangeLog::batch, this, &EngineWorker::exchangesChanged);
}

EngineWorker::~EngineWorker() = default;

TunnelRunner *EngineWorker::find(const QString &id) const
{
    const auto found = m_tunnels.find(id);
    return found == m_tunnels.end() ? nullptr : found->second.get();
}

void EngineWorker::start(const TunnelConfig &config)
{
    const auto *before = find(config.id);
    const auto identity = before ? before->identityFor(config) : TunnelIdentity{};
    m_tunnels.erase(config.id);
    auto runner =
        std::make_unique<TunnelRunner>(config, m_options, m_pool, LinkServices{m_log, m_scratch}, m_links, nullptr);
    connect(runner.get(), &TunnelRunner::statusChanged, this, &EngineWorker::statusChanged);
    connect(runner.get(), &TunnelRunner::logged, this, &EngineWorker::logged);
    connect(&m_watch, &NetworkWatch::networkChanged, runner.get(), &TunnelRunner::networkChanged);
    connect(&m_watch, &NetworkWatch::resumed, runner.get(), &TunnelRunner::resumed);
    auto &started = *runner;
    m_tunnels.emplace(config.id, std::move(runner));
    started.start(identity);
}

void EngineWorker::stop(const QString &id)
{
    if (auto *tunnel = find(id))
        tunnel->stop();
}

void EngineWorker::remove(const QString &id)
{
    stop(id);
    m_tunnels.erase(id);
}

void EngineWorker::reconnect(const QString &id)
{
    if (auto *tunnel = find(id))
        tunnel->reconnect();
}

void EngineWorker::reconnectAll()
{
    for (const auto &[id, tunnel] : m_tunnels)
        tunnel->reconnect();
}

void EngineWorker::shutDown()
{
    m_tunnels.clear();
    m_log.flush();
    QTimer::singleShot(kShutDownTimeout, this, &EngineWorker::shutDownFinished);
    for (QObject *link : m_links.children())
        connect(link, &QObject::destroyed, this, &EngineWorker::finishWhenClosed);
    finishWhenClosed();
}

void EngineWorker::finishWhenClosed()
{
    if (m_links.children().isEmpty())
        Q_EMIT shutDownFinished();
}

} // namespace client
