#include "client/websocket_frame.h"
#include "micro/samples.h"
#include "wire/limits.h"

#include <benchmark/benchmark.h>

namespace {

void mask(benchmark::State &state)
{
    const auto payload = micro::body(std::size_t(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(client::maskedBinaryFrame(payload, 0x5eed1234).constData());
    state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(mask)->Arg(1024)->Arg(wire::kMaxDataBytes);

} // namespace
