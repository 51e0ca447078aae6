// Collects what happens to every request and hands it on in batches, at most 20 a second: a request costs one small
// allocation here, and text is made only when a batch leaves. Owned by EngineWorker, engine thread.
#pragma once

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

// One request as its stream sees it. Change the fields, then call ExchangeLog::changed().
struct ExchangeRecord {
    quint64 key = 0;
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
    bool queued = false; // in the next batch
};

class ExchangeLog : public QObject {
    Q_OBJECT
public:
    explicit ExchangeLog(QObject *parent = nullptr);

    // A pending row for this request, in the next batch.
    [[nodiscard]] std::shared_ptr<ExchangeRecord> begin(const TunnelLabel &tunnel, const wire::RequestHead &head);
    void changed(const std::shared_ptr<ExchangeRecord> &record);
    // What is queued leaves now.
    void flush();

Q_SIGNALS:
    void batch(const client::ExchangeBatch &exchanges);

private:
    std::vector<std::shared_ptr<ExchangeRecord>> m_queue;
    QTimer m_timer;
};

} // namespace client
