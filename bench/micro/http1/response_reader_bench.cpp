#include "http1/response_reader.h"
#include "http1/serialize.h"
#include "micro/samples.h"

#include <benchmark/benchmark.h>

namespace {

void readAll(benchmark::State &state, std::string_view bytes)
{
    http1::ResponseReader reader(false);
    std::string body;
    while (!reader.complete()) {
        const auto taken = reader.feed(bytes, body);
        if (!taken || *taken == 0)
            return state.SkipWithError("refused");
        bytes.remove_prefix(*taken);
    }
    benchmark::DoNotOptimize(body.data());
}

void readSizedAnswer(benchmark::State &state)
{
    std::string bytes;
    http1::appendResponseHead(bytes, micro::applicationAnswer(), {});
    bytes += micro::body(1024);
    for (auto _ : state)
        readAll(state, bytes);
    state.SetBytesProcessed(state.iterations() * std::int64_t(bytes.size()));
}
BENCHMARK(readSizedAnswer);

void readChunkedAnswer(benchmark::State &state)
{
    auto head = micro::applicationAnswer();
    wire::removeHeader(head.headers, "Content-Length");
    std::string bytes;
    http1::appendResponseHead(bytes, head, {{"Transfer-Encoding", "chunked"}});
    for (int chunk = 0; chunk < 16; ++chunk)
        http1::appendChunk(bytes, micro::body(8192));
    http1::appendLastChunk(bytes, {});
    for (auto _ : state)
        readAll(state, bytes);
    state.SetBytesProcessed(state.iterations() * std::int64_t(bytes.size()));
}
BENCHMARK(readChunkedAnswer);

} // namespace
