// The engine thread's side of Engine: every tunnel, link and local connection lives below it. Lives and dies on that
// thread.
#pragma once

#include "client/engine.h"
#include "client/network_watch.h"
#include "client/replay_run.h"
#include "client/tunnel_runner.h"

#include <QObject>

#include <array>
#include <map>
#include <memory>
#include <set>

namespace client {

class EngineWorker : public QObject {
    Q_OBJECT
public:
    explicit EngineWorker(const EngineOptions &options);
    ~EngineWorker() override;

    void start(const TunnelConfig &config);
    void stop(const QString &id);
    void remove(const QString &id);
    void reconnect(const QString &id);
    void reconnectAll();
    // Kept for a tunnel that is not known yet, until remove().
    void setPaused(const QString &id, bool paused);
    void answerVisitor(const VisitorQuestion &question, bool let);
    void replay(quint64 key, const ReplayRequest &request);
    void cancelReplay(quint64 key);
    // Closes every link; shutDownFinished() when they are closed, or after a second at most.
    void shutDown();

Q_SIGNALS:
    void statusChanged(const client::TunnelStatus &status);
    void exchangesChanged(const client::ExchangeBatch &batch);
    void capturesChanged(const client::CaptureBatch &batch);
    void logged(const QString &level, const QString &line);
    void visitorWaiting(const client::VisitorQuestion &question);
    void visitorDecided(const client::VisitorQuestion &question);
    void shutDownFinished();

private:
    TunnelRunner *find(const QString &id) const;
    void finishWhenClosed();
    void endReplays();

    static constexpr std::size_t kScratchBytes = wire::kMaxDataBytes;

    const EngineOptions m_options;
    std::array<char, kScratchBytes> m_scratch;
    LocalPool m_pool;
    ExchangeLog m_log;
    NetworkWatch m_watch;
    QObject m_links; // parent of every TunnelLink
    std::map<QString, std::unique_ptr<TunnelRunner>> m_tunnels;
    std::set<QString> m_paused; // ids, also of tunnels that were not started
    std::map<quint64, std::unique_ptr<ReplayRun>> m_replays;
};

} // namespace client
