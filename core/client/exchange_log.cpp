#include "client/exchange_log.h"

#include <atomic>

namespace client {

namespace {

constexpr std::chrono::milliseconds kBatchInterval{50};

quint64 nextKey()
{
    static std::atomic<quint64> last{0};
    return ++last;
}

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

ExchangeLog::ExchangeLog(QObject *parent) : QObject(parent), m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(kBatchInterval);
    connect(&m_timer, &QTimer::timeout, this, &ExchangeLog::flush);
}

std::shared_ptr<ExchangeRecord> ExchangeLog::begin(const TunnelLabel &tunnel, const wire::RequestHead &head)
{
    auto record = std::make_shared<ExchangeRecord>();
    record->key = nextKey();
    record->tunnel = tunnel;
    record->requestId = head.requestId;
    record->method = head.method;
    record->target = head.uri;
    record->remoteAddress = head.remoteAddress;
    record->upgrade = head.upgrade;
    record->started = std::chrono::system_clock::now();
    record->begun = std::chrono::steady_clock::now();
    changed(record);
    return record;
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
    const auto now = std::chrono::steady_clock::now();
    ExchangeBatch rows;
    rows.reserve(qsizetype(m_queue.size()));
    for (const auto &record : m_queue) {
        record->queued = false;
        rows.append(summary(*record, now));
    }
    m_queue.clear();
    Q_EMIT batch(rows);
}

} // namespace client
