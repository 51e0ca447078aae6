#include "http1/request_reader.h"
#include "http1/serialize.h"
#include "micro/samples.h"

#include <benchmark/benchmark.h>

namespace {

void readBrowserRequest(benchmark::State &state)
{
    std::string bytes;
    http1::appendRequestHead(bytes, micro::browserRequest(), {});
    std::string body;
    for (auto _ : state) {
        http1::RequestReader reader;
        const auto taken = reader.feed(bytes, body);
        if (!taken || !reader.headComplete())
            state.SkipWithError("refused");
        benchmark::DoNotOptimize(reader.head().headers.data());
    }
    state.SetBytesProcessed(state.iterations() * std::int64_t(bytes.size()));
}
BENCHMARK(readBrowserRequest);

} // namespace
