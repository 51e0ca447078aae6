// Keeps a copy of an ExchangeStore's rows by its signals alone, as a model does, and notices when they do not fit it.
#pragma once

#include "traffic/exchange_store.h"

#include <utility>

namespace support {

class StoreMirror : public QObject {
public:
    explicit StoreMirror(traffic::ExchangeStore &store) : m_store(store)
    {
        connect(&store, &traffic::ExchangeStore::aboutToAppend, this, [this](qsizetype rows) { begin(rows); });
        connect(&store, &traffic::ExchangeStore::appended, this, [this] {
            for (auto rows = std::exchange(m_rows, 0); rows > 0; --rows)
                copy += m_store.at(copy.size()).summary;
            check();
        });
        connect(&store, &traffic::ExchangeStore::aboutToEvict, this, [this](qsizetype rows) { begin(rows); });
        connect(&store, &traffic::ExchangeStore::evictedRows, this, [this] {
            copy.remove(0, std::exchange(m_rows, 0));
            check();
        });
        connect(&store, &traffic::ExchangeStore::changed, this, [this](qsizetype first, qsizetype last) {
            for (auto row = first; row <= last; ++row)
                copy[row] = m_store.at(row).summary;
        });
        connect(&store, &traffic::ExchangeStore::aboutToReset, this, [this] { begin(0); });
        connect(&store, &traffic::ExchangeStore::reset, this, [this] {
            copy.clear();
            while (copy.size() < m_store.count())
                copy += m_store.at(copy.size()).summary;
        });
    }

    [[nodiscard]] bool isSame() const
    {
        for (qsizetype row = 0; row < m_store.count() && row < copy.size(); ++row)
            if (copy[row].key != m_store.at(row).summary.key || copy[row].status != m_store.at(row).summary.status)
                return false;
        return faults == 0 && copy.size() == m_store.count();
    }

    QList<client::ExchangeSummary> copy;
    int faults = 0;

private:
    void begin(qsizetype rows)
    {
        faults += m_store.count() == copy.size() ? 0 : 1; // nothing has happened yet
        m_rows = rows;
    }
    void check() { faults += m_store.count() == copy.size() ? 0 : 1; }

    traffic::ExchangeStore &m_store;
    qsizetype m_rows = 0;
};

} // namespace support
