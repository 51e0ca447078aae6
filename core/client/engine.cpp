#include "client/engine.h"

#include "client/engine_worker.h"
#include "client/network_watch.h"
#include "wire/limits.h"

#include <QThread>

namespace client {

namespace {

qint64 milliseconds(std::chrono::milliseconds duration)
{
    return duration.count();
}

EngineWorker *makeWorker(const EngineOptions &options)
{
    NetworkWatch::loadBackend(); // on this thread: it belongs to the main one
    return new EngineWorker(options);
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

Engine::Engine(EngineOptions options, QObject *parent)
    : QObject(parent), m_thread(std::make_unique<QThread>()), m_worker(makeWorker(options))
{
    qRegisterMetaType<TunnelStatus>();
    qRegisterMetaType<ExchangeBatch>();
    connect(m_worker, &EngineWorker::statusChanged, this, &Engine::statusChanged);
    connect(m_worker, &EngineWorker::exchangesChanged, this, &Engine::exchangesChanged);
    connect(m_worker, &EngineWorker::logged, this, &Engine::logged);
    connect(m_worker, &EngineWorker::shutDownFinished, m_thread.get(), &QThread::quit, Qt::DirectConnection);
    connect(m_thread.get(), &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread->setObjectName(QStringLiteral("tunnel-engine"));
    m_worker->moveToThread(m_thread.get());
    m_thread->start();
}

Engine::~Engine()
{
    QMetaObject::invokeMethod(m_worker, &EngineWorker::shutDown, Qt::QueuedConnection);
    m_thread->wait();
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

} // namespace client
