#include "http1/serialize.h"
#include "micro/samples.h"
#include "wire/limits.h"

#include <benchmark/benchmark.h>

namespace {

void appendRequestHead(benchmark::State &state)
{
    const auto head = micro::browserRequest();
    std::string out;
    for (auto _ : state) {
        out.clear();
        http1::appendRequestHead(out, head, {{"Connection", "keep-alive"}});
        benchmark::DoNotOptimize(out.data());
    }
}
BENCHMARK(appendRequestHead);

void appendResponseHead(benchmark::State &state)
{
    const auto head = micro::applicationAnswer();
    std::string out;
    for (auto _ : state) {
        out.clear();
        http1::appendResponseHead(out, head, {{"Connection", "keep-alive"}});
        benchmark::DoNotOptimize(out.data());
    }
}
BENCHMARK(appendResponseHead);

void appendChunk(benchmark::State &state)
{
    const auto data = micro::body(std::size_t(state.range(0)));
    std::string out;
    for (auto _ : state) {
        out.clear();
        http1::appendChunk(out, data);
        benchmark::DoNotOptimize(out.data());
    }
    state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(appendChunk)->Arg(1024)->Arg(wire::kMaxDataBytes);

} // namespace
