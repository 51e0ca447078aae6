#include "client/exchange_log.h"

#include <algorithm>
#include <atomic>

namespace client {

namespace {

constexpr std::chrono::milliseconds kBatchInterval{50};

QString text(const std::string &bytes)
{
    return QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
}

template <class Duration>
qint64 microseconds(Duration duration)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
}

ExchangeSummary summary(const ExchangeRecord &record, std::chrono::steady_clock::time_point now)
{
    constexpr std::chrono::steady_clock::time_point kNever{};
    const auto startedMs =
        std::chrono::duration_cast<std::chrono::milliseconds>(record.started.time_since_epoch()).count();
    ExchangeSummary shown;
    shown.key = record.key;
    shown.origin = record.origin;
    shown.replayOf = record.replayOf;
    shown.tunnelId = record.tunnel.id;
    shown.tunnelName = record.tunnel.name;
    shown.requestId = text(record.requestId);
    shown.started = QDateTime::fromMSecsSinceEpoch(startedMs, Qt::UTC);
    shown.method = text(record.method);
    shown.target = text(record.target);
    shown.remoteAddress = text(record.remoteAddress);
    shown.state = record.state;
    shown.status = record.status;
    shown.durationUs = microseconds((record.ended == kNever ? now : record.ended) - record.begun);
    shown.firstByteUs = record.head == kNever ? 0 : microseconds(record.head - record.begun);
    shown.requestBytes = record.requestBytes;
    shown.responseBytes = record.responseBytes;
    shown.upgrade = text(record.upgrade);
    shown.error = record.error;
    return shown;
}

} // namespace

quint64 drawExchangeKey()
{
    static std::atomic<quint64> last{0};
    return ++last;
}

ExchangeLog::ExchangeLog(qint64 captureBodyBytes, QObject *parent)
    : QObject(parent), m_captureBodyBytes(captureBodyBytes), m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(kBatchInterval);
    connect(&m_timer, &QTimer::timeout, this, &ExchangeLog::flush);
}

std::shared_ptr<ExchangeRecord> ExchangeLog::begin(const TunnelLabel &tunnel, const wire::RequestHead &head)
{
    return begin(drawExchangeKey(), tunnel, head);
}

std::shared_ptr<ExchangeRecord> ExchangeLog::begin(const TunnelLabel &tunnel, const wire::RequestHead &head,
                                                   const ReplayMark &mark)
{
    auto record = begin(mark.key, tunnel, head);
    record->origin = ExchangeOrigin::Replay;
    record->replayOf = mark.replayOf;
    m_outOfOrder = true;
    return record;
}

std::shared_ptr<ExchangeRecord> ExchangeLog::begin(quint64 key, const TunnelLabel &tunnel,
                                                   const wire::RequestHead &head)
{
    auto record = std::make_shared<ExchangeRecord>();
    record->key = key;
    record->tunnel = tunnel;
    record->requestId = head.requestId;
    record->method = head.method;
    record->target = head.uri;
    record->remoteAddress = head.remoteAddress;
    record->upgrade = head.upgrade;
    record->started = std::chrono::system_clock::now();
    record->begun = std::chrono::steady_clock::now();
    if (m_captureBodyBytes >= 0) {
        record->capture = std::make_unique<CaptureRecorder>(key, qsizetype(m_captureBodyBytes));
        record->capture->request(head);
    }
    changed(record);
    return record;
}

void ExchangeLog::finish(const std::shared_ptr<ExchangeRecord> &record, ExchangeState state, const wire::Error &why)
{
    record->state = state;
    record->error = why;
    record->ended = std::chrono::steady_clock::now();
    changed(record);
}

void ExchangeLog::changed(const std::shared_ptr<ExchangeRecord> &record)
{
    if (record->queued)
        return;
    record->queued = true;
    m_queue.push_back(record);
    if (!m_timer.isActive())
        m_timer.start();
}

void ExchangeLog::flush()
{
    m_timer.stop();
    if (m_queue.empty())
        return;
    if (std::exchange(m_outOfOrder, false))
        std::ranges::stable_sort(m_queue, {}, [](const auto &record) { return record->key; });
    const auto now = std::chrono::steady_clock::now();
    ExchangeBatch rows;
    rows.reserve(qsizetype(m_queue.size()));
    CaptureBatch recorded;
    for (const auto &record : m_queue) {
        record->queued = false;
        rows.append(summary(*record, now));
        if (auto update = record->capture ? record->capture->take() : std::nullopt)
            recorded.append(std::move(*update));
    }
    m_queue.clear();
    Q_EMIT batch(rows);
    if (!recorded.isEmpty())
        Q_EMIT captures(recorded);
}

} // namespace client
