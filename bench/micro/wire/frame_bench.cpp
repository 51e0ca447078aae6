#include "micro/samples.h"
#include "wire/frame.h"

#include <benchmark/benchmark.h>

namespace {

void appendData(benchmark::State &state)
{
    const auto payload = micro::body(std::size_t(state.range(0)));
    std::string out;
    for (auto _ : state) {
        out.clear();
        wire::appendFrame(out, 7, wire::FrameKind::Data, payload);
        benchmark::DoNotOptimize(out.data());
    }
    state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(appendData)->Arg(1024)->Arg(wire::kMaxDataBytes);

void readMessage(benchmark::State &state)
{
    std::string message;
    for (std::uint32_t stream = 1; stream <= std::uint32_t(state.range(0)); ++stream)
        wire::appendFrame(message, stream, wire::FrameKind::Data, micro::body(1024));
    for (auto _ : state) {
        wire::FrameReader reader(message);
        for (auto frame = reader.next(); frame && *frame; frame = reader.next())
            benchmark::DoNotOptimize((*frame)->payload.data());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(readMessage)->Arg(1)->Arg(32);

} // namespace
