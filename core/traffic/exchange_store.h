// The newest exchanges of all tunnels, oldest dropped first: a ring bounded in number and in bytes of bodies, until
// history is durable. Lives on the caller's (GUI) thread, fed from Engine's signals. Rows are in order of arrival and
// shift down only when the oldest are evicted, in blocks.
#pragma once

#include "traffic/exchange.h"

#include <QObject>

#include <deque>

namespace traffic {

struct StoreLimits {
    qsizetype exchanges; // wire::kKeptExchanges
    qint64 bodyBytes;    // wire::kKeptBodyBytes
    StoreLimits();
};

class ExchangeStore : public QObject {
    Q_OBJECT
public:
    explicit ExchangeStore(StoreLimits limits = {}, QObject *parent = nullptr);

    void add(const client::ExchangeBatch &batch);
    void addCaptures(const client::CaptureBatch &batch); // unknown keys are ignored
    void clear();
    // What the last clear() dropped comes back before what came since; false when there is nothing to bring back.
    bool undoClear();

    [[nodiscard]] qsizetype count() const { return qsizetype(m_exchanges.size()); }
    [[nodiscard]] const Exchange &at(qsizetype row) const { return m_exchanges[std::size_t(row)]; }
    [[nodiscard]] qsizetype rowOf(quint64 key) const; // -1 when it is not kept; O(log n), keys ascend
    [[nodiscard]] const Exchange *find(quint64 key) const; // valid until the next change
    [[nodiscard]] qint64 bodyBytes() const { return m_bodyBytes; }
    [[nodiscard]] quint64 evicted() const { return m_evicted; } // since the start or the last clear()

Q_SIGNALS:
    void aboutToAppend(qsizetype rows);
    void appended();
    void aboutToEvict(qsizetype rows); // the first so many
    void evictedRows();
    void changed(qsizetype firstRow, qsizetype lastRow);
    void detailChanged(quint64 key); // heads or bodies of this one
    void aboutToReset(); // clear() and undoClear() only
    void reset();

private:
    const StoreLimits m_limits;
    std::deque<Exchange> m_exchanges;
    qint64 m_bodyBytes = 0;
    quint64 m_evicted = 0;
};

} // namespace traffic
