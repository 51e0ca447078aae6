// One request of the user on its way to a local service and back. It is the stream's whole link: it plays the server's
// part, gives credit and takes the response, which is recorded and otherwise dropped. Owned by EngineWorker, engine
// thread.
#pragma once

#include "client/local_request.h"
#include "client/replay_request.h"
#include "client/stream_host.h"

#include <QBasicTimer>
#include <QObject>

#include <memory>

namespace client {

// What all replays of an engine share; outlives them.
struct ReplayServices {
    LocalPool &pool;
    ExchangeLog &log;
    std::span<char> scratch;
    std::chrono::milliseconds timeout = wire::kReplayTimeout; // without progress, up to the response head
};

class ReplayRun final : public QObject, private StreamHost {
    Q_OBJECT
public:
    // `key`: drawn by drawExchangeKey().
    ReplayRun(quint64 key, const ReplayRequest &request, const ReplayServices &services);
    ~ReplayRun() override;

    void start();
    // Aborted with Cancelled, unless it has ended.
    void cancel();

Q_SIGNALS:
    // Once. The run may be deleted in a later turn, not in this one.
    void finished();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    // StreamHost
    std::string &frames() override { return m_frames; }
    void framesAdded() override;
    [[nodiscard]] bool congested() const override { return false; }
    [[nodiscard]] std::chrono::nanoseconds roundTrip() const override { return std::chrono::nanoseconds{0}; }
    wire::LinkWindowBudget &windowBudget() override { return m_budget; }
    LocalSite &site() override { return *m_site; }
    [[nodiscard]] const std::optional<std::string> &hostField() const override { return m_hostField; }
    [[nodiscard]] std::shared_ptr<ExchangeRecord> begin(const wire::RequestHead &head) override;
    ExchangeLog &log() override { return m_services.log; }
    std::span<char> scratch() override { return m_services.scratch; }
    void streamFinished(std::uint32_t stream) override;

    void restartTimer();
    void sendBody();
    void takeFrames();
    void take(const wire::Frame &frame);
    void abort(const wire::Error &why);

    const quint64 m_key;
    const ReplayRequest m_request;
    const ReplayServices m_services;
    const std::shared_ptr<LocalSite> m_site;
    const std::optional<std::string> m_hostField;
    wire::LinkWindowBudget m_budget;
    std::shared_ptr<ExchangeRecord> m_record;
    std::unique_ptr<LocalRequest> m_stream;
    std::string m_frames;
    std::string_view m_unsent; // of the body
    wire::SendCredit m_credit;
    QBasicTimer m_timer;
    bool m_turnScheduled = false;
    bool m_bodyEnded = false;
    bool m_finished = false;
};

} // namespace client
