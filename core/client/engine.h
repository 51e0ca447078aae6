// The face of the tunnel client for ui and ttf. Lives on the caller's thread; owns the engine thread, on which every
// session and local connection lives. Commands go in as queued calls, values come out as queued signals: nothing
// blocks, and the engine never waits for its listener.
#pragma once

#include "client/exchange_capture.h"
#include "client/replay_request.h"
#include "client/tunnel_config.h"
#include "client/tunnel_status.h"
#include "client/visitor_question.h"

#include <QObject>

#include <thread>

namespace client {

class EngineWorker;

// What a test may shorten; the defaults are wire/limits.h.
struct EngineOptions {
    qint64 pingIntervalMs;
    qint64 pongGraceMs;
    qint64 retryBaseMs;
    qint64 retryCapMs;
    qint64 handshakeTimeoutMs;
    bool useSystemProxy = true;
    qint64 captureBodyBytes = -1; // of each message's body; -1: neither heads nor bodies are recorded
    EngineOptions();
};

class Engine : public QObject {
    Q_OBJECT
public:
    explicit Engine(EngineOptions options = {}, QObject *parent = nullptr);
    ~Engine() override; // closes every link with a close frame, waits for the thread

    // Starts (or, with the id of a known tunnel, reconfigures and restarts) a tunnel.
    void start(const TunnelConfig &config);
    void stop(const QString &id);     // finishes nothing: in-flight requests get connection_lost
    void remove(const QString &id);   // stop and forget
    void reconnect(const QString &id); // now, whatever the backoff says
    void reconnectAll();
    // While paused, a tunnel keeps its link and URL, visitors get 503 at once, and nothing new reaches the local
    // service; what is in flight goes on. Holds across reconnects, stop() and start(), and may come before start();
    // remove() ends it.
    void setPaused(const QString &id, bool paused);
    // The owner's answer to visitorWaiting(): remembered for a while.
    void answerVisitor(const VisitorQuestion &question, bool let);
    // Sends the request to its target; what happens is told as an exchange with origin Replay and the key returned. Its
    // first row may come after rows with slightly higher keys (exchange_log.h). It ends after wire::kReplayTimeout
    // without a response head; a response may go on for ever, until cancelReplay().
    quint64 replay(const ReplayRequest &request);
    void cancelReplay(quint64 key);

Q_SIGNALS:
    void statusChanged(const client::TunnelStatus &status);
    // At most 20 a second, in order of first appearance; a pending row appears within 50 ms.
    void exchangesChanged(const client::ExchangeBatch &batch);
    // After each exchangesChanged, what was recorded since; never when captureBodyBytes is -1.
    void capturesChanged(const client::CaptureBatch &batch);
    // A tunnel with Rules::askFirst has a new visitor, whose requests wait; and when nobody waits for the answer any more.
    void visitorWaiting(const client::VisitorQuestion &question);
    void visitorDecided(const client::VisitorQuestion &question);
    // A sentence for the log (never with secrets); level as in spdlog: "debug", "info", "warning", "error".
    void logged(const QString &level, const QString &line);

private:
    // Not a QThread: QThread::wait() returns before the system's thread has ended, and whatever that still frees then
    // races with the exit of the process (seen as heap corruption, once in some 400 ends of ttf).
    std::thread m_thread;
    EngineWorker *m_worker = nullptr; // lives and dies on m_thread
};

} // namespace client
