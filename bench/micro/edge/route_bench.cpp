#include "edge/route.h"
#include "micro/samples.h"

#include <benchmark/benchmark.h>

namespace {

const edge::RouteRules &rules()
{
    static const edge::RouteRules made{"tunnel.example.com", {"localhost"}};
    return made;
}

void bySubdomain(benchmark::State &state)
{
    const auto uri = micro::browserRequest().uri;
    for (auto _ : state)
        benchmark::DoNotOptimize(edge::route(rules(), "shop.tunnel.example.com", uri).name.data());
}
BENCHMARK(bySubdomain);

void byPath(benchmark::State &state)
{
    const auto uri = "/shop" + micro::browserRequest().uri;
    for (auto _ : state)
        benchmark::DoNotOptimize(edge::route(rules(), "tunnel.example.com", uri).name.data());
}
BENCHMARK(byPath);

} // namespace
