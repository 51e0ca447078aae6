#include "traffic/exchange_store.h"
#include "wire/limits.h"

#include <benchmark/benchmark.h>

namespace {

constexpr qsizetype kBatch = 250; // 5,000 requests a second, 20 batches

client::ExchangeSummary summary(quint64 key, client::ExchangeState state)
{
    client::ExchangeSummary made;
    made.key = key;
    made.state = state;
    made.status = state == client::ExchangeState::Pending ? 0 : 200;
    made.tunnelName = QStringLiteral("shop");
    made.method = QStringLiteral("GET");
    made.target = QStringLiteral("/api/orders?page=3&sort=created_at");
    return made;
}

client::ExchangeBatch batchFrom(quint64 first, client::ExchangeState state)
{
    client::ExchangeBatch made;
    for (auto key = first; key < first + quint64(kBatch); ++key)
        made += summary(key, state);
    return made;
}

// Appending to a list that is full, so that the oldest are evicted as well.
void append(benchmark::State &state)
{
    traffic::ExchangeStore store;
    quint64 next = 1;
    for (; next < 2 * wire::kKeptExchanges; next += quint64(kBatch))
        store.add(batchFrom(next, client::ExchangeState::Done));
    for (auto _ : state) {
        state.PauseTiming();
        const auto batch = batchFrom(next, client::ExchangeState::Done);
        next += quint64(kBatch);
        state.ResumeTiming();
        store.add(batch);
    }
    state.SetItemsProcessed(state.iterations() * kBatch);
}
BENCHMARK(append);

// The rows of a batch were pending and are done now.
void update(benchmark::State &state)
{
    traffic::ExchangeStore store;
    store.add(batchFrom(1, client::ExchangeState::Pending));
    const auto done = batchFrom(1, client::ExchangeState::Done);
    for (auto _ : state)
        store.add(done);
    state.SetItemsProcessed(state.iterations() * kBatch);
}
BENCHMARK(update);

} // namespace
