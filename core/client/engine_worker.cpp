#include "client/engine_worker.h"

#include <QTimer>

namespace client {

namespace {

constexpr std::chrono::milliseconds kShutDownTimeout{1000};

} // namespace

EngineWorker::EngineWorker(const EngineOptions &options) : m_options(options), m_log(options.captureBodyBytes)
{
    for (QObject *child :
         {static_cast<QObject *>(&m_pool), static_cast<QObject *>(&m_log), static_cast<QObject *>(&m_watch), &m_links})
        child->setParent(this); // moves to the engine thread with us
    connect(&m_log, &ExchangeLog::batch, this, &EngineWorker::exchangesChanged);
    connect(&m_log, &ExchangeLog::captures, this, &EngineWorker::capturesChanged);
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
    connect(runner.get(), &TunnelRunner::visitorWaiting, this, &EngineWorker::visitorWaiting);
    connect(runner.get(), &TunnelRunner::visitorDecided, this, &EngineWorker::visitorDecided);
    connect(&m_watch, &NetworkWatch::networkChanged, runner.get(), &TunnelRunner::networkChanged);
    connect(&m_watch, &NetworkWatch::resumed, runner.get(), &TunnelRunner::resumed);
    runner->setPaused(m_paused.contains(config.id));
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
    m_paused.erase(id);
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

void EngineWorker::setPaused(const QString &id, bool paused)
{
    if (paused)
        m_paused.insert(id);
    else
        m_paused.erase(id);
    if (auto *tunnel = find(id))
        tunnel->setPaused(paused);
}

void EngineWorker::answerVisitor(const VisitorQuestion &question, bool let)
{
    if (auto *tunnel = find(question.tunnel))
        tunnel->answerVisitor(question.visitor, let);
}

void EngineWorker::replay(quint64 key, const ReplayRequest &request)
{
    auto run = std::make_unique<ReplayRun>(key, request, ReplayServices{m_pool, m_log, m_scratch});
    connect(run.get(), &ReplayRun::finished, this, [this, key] { m_replays.erase(key); }, Qt::QueuedConnection);
    auto &begun = *run;
    m_replays.emplace(key, std::move(run));
    begun.start();
}

void EngineWorker::cancelReplay(quint64 key)
{
    if (const auto found = m_replays.find(key); found != m_replays.end())
        found->second->cancel();
}

void EngineWorker::endReplays()
{
    for (const auto &[key, run] : m_replays)
        run->cancel();
    m_replays.clear();
}

void EngineWorker::shutDown()
{
    m_tunnels.clear();
    endReplays();
    m_log.flush();
    QTimer::singleShot(kShutDownTimeout, this, &EngineWorker::shutDownFinished);
    for (QObject *link : m_links.children())
        connect(link, &QObject::destroyed, this, &EngineWorker::finishWhenClosed,
                Qt::QueuedConnection); // still a child
    finishWhenClosed();
}

void EngineWorker::finishWhenClosed()
{
    if (m_links.children().isEmpty())
        Q_EMIT shutDownFinished();
}

} // namespace client
