// The newest exchanges of all tunnels, oldest dropped first: a ring bounded in number and in bytes of heads and bodies,
// until history is durable. Lives on the caller's (GUI) thread, fed from Engine's signals. Rows are in order of first
// appearance and shift down only when the oldest are evicted, in blocks. What was evicted or cleared while it was
// pending does not appear again.
#pragma once

#include "traffic/exchange.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <deque>
#include <vector>

namespace traffic {

struct StoreLimits {
    qsizetype exchanges; // wire::kKeptExchanges
    qint64 bodyBytes; // wire::kKeptBodyBytes
    qint64 headBytes; // wire::kKeptHeadBytes
    StoreLimits();
};

class ExchangeStore : public QObject {
    Q_OBJECT
public:
    explicit ExchangeStore(StoreLimits limits = {}, QObject *parent = nullptr);

    void add(const client::ExchangeBatch &batch);
    void addCaptures(const client::CaptureBatch &batch); // unknown keys are ignored
    // With all that is known of them, their keys drawn by client::drawExchangeKey().
    void addWhole(std::vector<Exchange> exchanges);
    void clear();
    // What the last clear() dropped comes back before what came since; false when there is nothing to bring back. It
    // counts towards the limits until then and is the first to go.
    bool undoClear();
    [[nodiscard]] bool canUndoClear() const { return m_hidden > 0; }

    [[nodiscard]] qsizetype count() const { return qsizetype(m_exchanges.size() - m_hidden); }
    [[nodiscard]] const Exchange &at(qsizetype row) const { return m_exchanges[m_hidden + std::size_t(row)]; }
    [[nodiscard]] qsizetype rowOf(quint64 key) const; // -1 when it is not kept; O(1)
    [[nodiscard]] const Exchange *find(quint64 key) const; // valid until the next change
    [[nodiscard]] qint64 bodyBytes() const { return m_bodyBytes; } // with those that undoClear() would bring back
    [[nodiscard]] quint64 evicted() const { return m_evicted; } // since the start or the last clear()

Q_SIGNALS:
    void aboutToAppend(qsizetype rows);
    void appended();
    void aboutToEvict(qsizetype rows); // the first so many
    void evictedRows();
    void changed(qsizetype firstRow, qsizetype lastRow); // some rows between may be as they were
    void detailChanged(quint64 key); // heads or bodies of this one
    void aboutToReset(); // clear() and undoClear() only
    void reset();

private:
    static constexpr auto kUnknown = std::size_t(-1);

    [[nodiscard]] std::size_t indexOf(quint64 key) const;
    [[nodiscard]] bool skipsForgotten(const client::ExchangeSummary &summary);
    void update(Exchange &exchange, const client::ExchangeSummary &summary);
    void append(std::vector<Exchange> fresh);
    void tellChanged(std::vector<qsizetype> rows);
    void take(Exchange &exchange, const client::CaptureUpdate &update);
    void dropBodies();
    void makeRoom();
    void evict(std::size_t exchanges);
    void forget(std::size_t exchanges);

    const StoreLimits m_limits;
    std::deque<Exchange> m_exchanges; // the first m_hidden were cleared
    std::size_t m_hidden = 0;
    QHash<quint64, quint64> m_sequences; // key -> the number of its appearance, from 0
    quint64 m_first = 0; // the number of the front
    quint64 m_bodiesFrom = 0; // none with a lower number has bodies
    QSet<quint64> m_forgotten; // evicted or cleared for good while pending: updates may still come
    qint64 m_bodyBytes = 0;
    qint64 m_headBytes = 0;
    quint64 m_evicted = 0;
    quint64 m_evictedHidden = 0; // what m_evicted grows by with undoClear()
};

} // namespace traffic
