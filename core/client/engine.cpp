#include "client/engine.h"

#include "client/engine_worker.h"
#include "client/exchange_log.h"
#include "client/network_watch.h"
#include "wire/limits.h"

#include <QCoreApplication>
#include <QEventLoop>

#include <pthread.h>

#include <future>

namespace client {

namespace {

qint64 milliseconds(std::chrono::milliseconds duration)
{
    return duration.count();
}

constexpr const char *kThreadName = "tunnel-engine"; // at most 15 characters

// The whole life of the engine thread.
void runWorker(const EngineOptions &options, std::promise<EngineWorker *> made)
{
    pthread_setname_np(pthread_self(), kThreadName);
    QEventLoop loop;
    {
        EngineWorker worker(options);
        QObject::connect(&worker, &EngineWorker::shutDownFinished, &loop, &QEventLoop::quit);
        made.set_value(&worker);
        loop.exec();
    }
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

} // namespace

EngineOptions::EngineOptions()
    : pingIntervalMs(milliseconds(wire::kPingInterval)),
      pongGraceMs(milliseconds(wire::kPongGrace)),
      retryBaseMs(milliseconds(wire::kRetryBase)),
      retryCapMs(milliseconds(wire::kRetryCap)),
      handshakeTimeoutMs(milliseconds(wire::kHandshakeTimeout))
{
}

Engine::Engine(EngineOptions options, QObject *parent) : QObject(parent)
{
    qRegisterMetaType<TunnelStatus>();
    qRegisterMetaType<ExchangeBatch>();
    qRegisterMetaType<CaptureBatch>();
    qRegisterMetaType<VisitorQuestion>();
    NetworkWatch::loadBackend(); // on this thread: it belongs to the main one
    std::promise<EngineWorker *> made;
    auto worker = made.get_future();
    m_thread = std::thread(runWorker, options, std::move(made));
    m_worker = worker.get();
    connect(m_worker, &EngineWorker::statusChanged, this, &Engine::statusChanged);
    connect(m_worker, &EngineWorker::exchangesChanged, this, &Engine::exchangesChanged);
    connect(m_worker, &EngineWorker::capturesChanged, this, &Engine::capturesChanged);
    connect(m_worker, &EngineWorker::logged, this, &Engine::logged);
    connect(m_worker, &EngineWorker::visitorWaiting, this, &Engine::visitorWaiting);
    connect(m_worker, &EngineWorker::visitorDecided, this, &Engine::visitorDecided);
}

Engine::~Engine()
{
    QMetaObject::invokeMethod(m_worker, &EngineWorker::shutDown, Qt::QueuedConnection);
    m_thread.join();
}

void Engine::start(const TunnelConfig &config)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, config] { worker->start(config); }, Qt::QueuedConnection);
}

void Engine::stop(const QString &id)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, id] { worker->stop(id); }, Qt::QueuedConnection);
}

void Engine::remove(const QString &id)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, id] { worker->remove(id); }, Qt::QueuedConnection);
}

void Engine::reconnect(const QString &id)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, id] { worker->reconnect(id); }, Qt::QueuedConnection);
}

void Engine::reconnectAll()
{
    QMetaObject::invokeMethod(m_worker, &EngineWorker::reconnectAll, Qt::QueuedConnection);
}

void Engine::setPaused(const QString &id, bool paused)
{
    const auto set = [worker = m_worker, id, paused] { worker->setPaused(id, paused); };
    QMetaObject::invokeMethod(m_worker, set, Qt::QueuedConnection);
}

void Engine::answerVisitor(const VisitorQuestion &question, bool let)
{
    const auto answer = [worker = m_worker, question, let] { worker->answerVisitor(question, let); };
    QMetaObject::invokeMethod(m_worker, answer, Qt::QueuedConnection);
}

quint64 Engine::replay(const ReplayRequest &request)
{
    const quint64 key = drawExchangeKey();
    const auto begin = [worker = m_worker, key, request] { worker->replay(key, request); };
    QMetaObject::invokeMethod(m_worker, begin, Qt::QueuedConnection);
    return key;
}

void Engine::cancelReplay(quint64 key)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, key] { worker->cancelReplay(key); }, Qt::QueuedConnection);
}

} // namespace client
