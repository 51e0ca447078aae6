#include "relay/tunnel_registry.h"

#include <benchmark/benchmark.h>

#include <deque>

namespace {

class IdleLink final : public relay::TunnelLink {
public:
    [[nodiscard]] std::size_t openStreams() const noexcept override { return 0; }
    [[nodiscard]] bool acceptsStreams() const noexcept override { return true; }
    [[nodiscard]] bool leaving() const noexcept override { return false; }
    void evict(wire::Error) override {}
};

void pick(benchmark::State &state)
{
    relay::TunnelRegistry registry({});
    std::deque<IdleLink> links;
    std::vector<std::string> names;
    for (std::int64_t number = 0; number < state.range(0); ++number) {
        wire::Ready ready;
        ready.session = std::to_string(number);
        auto name = registry.claim(ready, {"owner", "192.0.2.1"}, links.emplace_back(), wire::SteadyTime{});
        if (!name)
            return state.SkipWithError("no name");
        names.push_back(std::move(*name));
    }
    std::size_t turn = 0;
    for (auto _ : state) {
        turn = (turn + 7919) % names.size(); // a prime: another part of the tree each time
        benchmark::DoNotOptimize(registry.pick(names[turn]));
    }
}
BENCHMARK(pick)->Arg(1)->Arg(100)->Arg(10'000);

} // namespace
