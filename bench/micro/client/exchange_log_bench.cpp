#include "client/exchange_log.h"
#include "micro/samples.h"

#include <QCoreApplication>
#include <benchmark/benchmark.h>

namespace {

// A request from its head to its row, with what leaves in the batch; a batch is made of 250 of them.
void request(benchmark::State &state, qint64 captureBodyBytes)
{
    int arguments = 0;
    const QCoreApplication application(arguments, nullptr); // the log has a timer
    client::ExchangeLog log(captureBodyBytes);
    const client::TunnelLabel tunnel{QStringLiteral("1"), QStringLiteral("shop")};
    const auto head = micro::browserRequest();
    int waiting = 0;
    for (auto _ : state) {
        const auto record = log.begin(tunnel, head);
        record->status = 200;
        log.finish(record, client::ExchangeState::Done);
        if (++waiting == 250) {
            log.flush();
            waiting = 0;
        }
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(request, counted, -1);
BENCHMARK_CAPTURE(request, recorded, 1024 * 1024);

} // namespace
