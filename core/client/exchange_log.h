// Collects what happens to every request and hands it on in batches, at most 20 a second: a request costs one small
// allocation here, and text is made only when a batch leaves. Owned by EngineWorker, engine thread.
//
// Order: rows of a batch that are new have ascending keys, and so have those of two batches, with one exception. The
// key of a replay is drawn when the user asks for it (Engine::replay), a moment before the engine's thread hears of
// it: it may come in a batch after one with slightly higher keys. Whoever keeps rows by key must insert it there.
#pragma once

#include "client/capture_recorder.h"
#include "client/tunnel_status.h"
#include "wire/http_head.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace client {

// Which tunnel a request came through.
struct TunnelLabel {
    QString id;
    QString name;
};

// The key of the next exchange: ascending, unique in this process. Any thread.
[[nodiscard]] quint64 drawExchangeKey();

// Where a request comes from when it is not a visitor's.
struct ReplayMark {
    quint64 key = 0;      // drawn by drawExchangeKey()
    quint64 replayOf = 0; // ExchangeSummary::key
};

// One request as its stream sees it. Change the fields, then call ExchangeLog::changed().
struct ExchangeRecord {
    quint64 key = 0;
    ExchangeOrigin origin = ExchangeOrigin::Visitor;
    quint64 replayOf = 0;
    TunnelLabel tunnel;
    std::string requestId;
    std::string method;
    std::string target;
    std::string remoteAddress;
    std::string upgrade;
    std::chrono::system_clock::time_point started;
    std::chrono::steady_clock::time_point begun;
    std::chrono::steady_clock::time_point head;  // of the response; zero before it
    std::chrono::steady_clock::time_point ended; // zero while pending
    ExchangeState state = ExchangeState::Pending;
    unsigned status = 0;
    quint64 requestBytes = 0;
    quint64 responseBytes = 0;
    wire::Error error;
    std::unique_ptr<CaptureRecorder> capture; // null: nothing is recorded
    bool queued = false; // in the next batch
};

class ExchangeLog : public QObject {
    Q_OBJECT
public:
    // `captureBodyBytes`: EngineOptions.
    explicit ExchangeLog(qint64 captureBodyBytes = -1, QObject *parent = nullptr);

    // A pending row for this request, in the next batch. Records its head when anything is recorded.
    [[nodiscard]] std::shared_ptr<ExchangeRecord> begin(const TunnelLabel &tunnel, const wire::RequestHead &head);
    [[nodiscard]] std::shared_ptr<ExchangeRecord> begin(const TunnelLabel &tunnel, const wire::RequestHead &head,
                                                        const ReplayMark &mark);
    // It has ended.
    void finish(const std::shared_ptr<ExchangeRecord> &record, ExchangeState state, const wire::Error &why = {});
    void changed(const std::shared_ptr<ExchangeRecord> &record);
    // What is queued leaves now.
    void flush();

Q_SIGNALS:
    void batch(const client::ExchangeBatch &exchanges);
    // Right after `batch`, what was recorded of its rows.
    void captures(const client::CaptureBatch &recorded);

private:
    [[nodiscard]] std::shared_ptr<ExchangeRecord> begin(quint64 key, const TunnelLabel &tunnel,
                                                        const wire::RequestHead &head);

    const qint64 m_captureBodyBytes;
    std::vector<std::shared_ptr<ExchangeRecord>> m_queue;
    bool m_outOfOrder = false; // a replay is in the queue
    QTimer m_timer;
};

} // namespace client
