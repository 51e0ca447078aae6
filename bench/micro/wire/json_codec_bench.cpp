#include "micro/samples.h"
#include "wire/json_codec.h"
#include "wire/limits.h"

#include <benchmark/benchmark.h>

namespace {

wire::Message request(std::size_t bodyBytes)
{
    const auto head = micro::browserRequest();
    wire::HttpRequest made;
    made.requestId = head.requestId;
    made.method = head.method;
    made.uri = head.uri;
    made.headers = head.headers;
    made.body = micro::body(bodyBytes);
    made.timestampMs = 1'795'408'680'000;
    return made;
}

void encodeRequest(benchmark::State &state)
{
    const auto message = request(std::size_t(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(wire::encodeJson(message).data());
    state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(encodeRequest)->Arg(1024)->Arg(wire::kV1ChunkBodyBytes);

void decodeRequest(benchmark::State &state)
{
    const auto text = wire::encodeJson(request(std::size_t(state.range(0))));
    for (auto _ : state) {
        const auto message = wire::decodeJson(text);
        if (!message)
            state.SkipWithError("refused");
        benchmark::DoNotOptimize(message);
    }
    state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(decodeRequest)->Arg(1024)->Arg(wire::kV1ChunkBodyBytes);

} // namespace
