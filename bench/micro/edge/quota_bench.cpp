// What the limits cost each request: nothing set, one bucket, and all that a tunnel can have.
#include "edge/quota.h"

#include <benchmark/benchmark.h>

namespace {

using edge::Quota;
using edge::QuotaLimits;
using edge::QuotaScope;
using edge::QuotaSet;
using edge::QuotaUse;
using wire::Rate;
using wire::TokenBucket;

const TokenBucket::Time kStart{std::chrono::hours(1)};

void takeToken(benchmark::State &state)
{
    TokenBucket bucket({1e6, 1000});
    auto now = kStart;
    for (auto _ : state) {
        now += std::chrono::nanoseconds(1500);
        if (bucket.wait(now).count() == 0)
            bucket.take(now);
        benchmark::DoNotOptimize(bucket);
    }
}
BENCHMARK(takeToken);

void refuse(benchmark::State &state)
{
    TokenBucket bucket({1e-3, 1});
    bucket.take(kStart);
    for (auto _ : state)
        benchmark::DoNotOptimize(bucket.wait(kStart).count());
}
BENCHMARK(refuse);

// One request's admission and its end.
void admit(benchmark::State &state)
{
    QuotaSet set;
    for (std::int64_t i = 0; i < state.range(0); ++i)
        set.add(std::make_shared<Quota>(QuotaScope::Tunnel, QuotaLimits{Rate{1e6, 1000}, 1000}));
    auto now = kStart;
    for (auto _ : state) {
        now += std::chrono::nanoseconds(1500);
        benchmark::DoNotOptimize(set.check(now).has_value());
        const QuotaUse use(set, now);
        benchmark::ClobberMemory();
    }
}
BENCHMARK(admit)->Arg(0)->Arg(1)->Arg(4);

} // namespace
