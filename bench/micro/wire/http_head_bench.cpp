#include "micro/samples.h"
#include "wire/http_head.h"

#include <benchmark/benchmark.h>

namespace {

void checkRequestHead(benchmark::State &state)
{
    const auto head = micro::browserRequest();
    for (auto _ : state)
        benchmark::DoNotOptimize(wire::checkHead(head).has_value());
}
BENCHMARK(checkRequestHead);

void removeHopByHop(benchmark::State &state)
{
    const auto received = micro::browserRequest().headers;
    for (auto _ : state) {
        auto headers = received;
        headers.push_back({"Connection", "keep-alive"});
        wire::removeHopByHop(headers);
        benchmark::DoNotOptimize(headers.data());
    }
}
BENCHMARK(removeHopByHop);

} // namespace
