#include "micro/samples.h"
#include "wire/msgpack_codec.h"

#include <benchmark/benchmark.h>

namespace {

void encodeRequestHead(benchmark::State &state)
{
    const auto head = micro::browserRequest();
    std::string out;
    for (auto _ : state) {
        out.clear();
        wire::encodeRequestHead(out, head);
        benchmark::DoNotOptimize(out.data());
    }
}
BENCHMARK(encodeRequestHead);

void decodeRequestHead(benchmark::State &state)
{
    std::string payload;
    wire::encodeRequestHead(payload, micro::browserRequest());
    for (auto _ : state) {
        const auto head = wire::decodeRequestHead(payload);
        if (!head)
            state.SkipWithError("refused");
        benchmark::DoNotOptimize(head);
    }
}
BENCHMARK(decodeRequestHead);

void encodeResponseHead(benchmark::State &state)
{
    const auto head = micro::applicationAnswer();
    std::string out;
    for (auto _ : state) {
        out.clear();
        wire::encodeResponseHead(out, head);
        benchmark::DoNotOptimize(out.data());
    }
}
BENCHMARK(encodeResponseHead);

void decodeResponseHead(benchmark::State &state)
{
    std::string payload;
    wire::encodeResponseHead(payload, micro::applicationAnswer());
    for (auto _ : state) {
        const auto head = wire::decodeResponseHead(payload);
        if (!head)
            state.SkipWithError("refused");
        benchmark::DoNotOptimize(head);
    }
}
BENCHMARK(decodeResponseHead);

void decodePing(benchmark::State &state)
{
    std::string payload;
    wire::encodeControl(payload, wire::Ping{});
    for (auto _ : state)
        benchmark::DoNotOptimize(wire::decodeControl(payload).has_value());
}
BENCHMARK(decodePing);

} // namespace
