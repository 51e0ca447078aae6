// 2,000 requests a second as the engine tells of them: a batch every 50 ms, pending first, done with heads and bodies in
// the batch after. Lives on the store's thread.
#pragma once

#include "ui/traffic_samples.h"

#include <QTimer>

namespace samples {

class TrafficLoad : public QObject {
public:
    TrafficLoad(traffic::ExchangeStore &store, const QString &tunnelId) : m_store(store), m_tunnel(tunnelId)
    {
        m_engine.setInterval(50);
        connect(&m_engine, &QTimer::timeout, this, [this] { next(); });
    }

    // Until the store evicts, so that it does so all the while.
    void fill()
    {
        while (m_store.evicted() == 0) {
            m_store.add(batch(m_key + 1, true));
            m_key += kPerBatch;
        }
    }
    void start(int batches)
    {
        m_left = batches;
        m_engine.start();
    }
    [[nodiscard]] bool ended() const { return m_left == 0; }

private:
    static constexpr int kPerBatch = 100;

    void next()
    {
        m_store.add(batch(m_key + 1, false));
        if (m_open > 0) {
            m_store.add(batch(m_open, true));
            m_store.addCaptures(captures(m_open));
        }
        m_open = m_key + 1;
        m_key += kPerBatch;
        if (--m_left == 0)
            m_engine.stop();
    }
    [[nodiscard]] client::ExchangeBatch batch(quint64 first, bool done) const
    {
        static const char *const paths[] = {"/", "/api/orders?page=2", "/assets/index-4f1a9c2e.js", "/hooks/stripe"};
        client::ExchangeBatch result;
        for (quint64 key = first; key < first + kPerBatch; ++key) {
            result.append(done ? summary(key, "POST", paths[key % 4], key % 7 == 0 ? 500 : 200)
                               : pending(key, "POST", paths[key % 4]));
            result.last().tunnelId = m_tunnel;
        }
        return result;
    }
    [[nodiscard]] static client::CaptureBatch captures(quint64 first)
    {
        client::CaptureBatch result;
        for (quint64 key = first; key < first + kPerBatch; ++key)
            result.append(capture(key, webhookHeaders(), jsonAnswerHeaders(), json(), json()));
        return result;
    }

    traffic::ExchangeStore &m_store;
    QString m_tunnel;
    QTimer m_engine;
    quint64 m_key = 0;
    quint64 m_open = 0; // the first key of the pending ones
    int m_left = 0;
};

} // namespace samples
