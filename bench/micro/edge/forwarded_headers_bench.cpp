#include "edge/forwarded_headers.h"
#include "micro/samples.h"

#include <benchmark/benchmark.h>

#include <vector>

namespace {

// The copy of the head is timed too: what is changed must be fresh each time.
void visitor(benchmark::State &state)
{
    const auto received = micro::browserRequest();
    for (auto _ : state) {
        auto head = received;
        edge::applyForwarded(head, {.peerAddress = "203.0.113.77", .trustedProxies = {}, .prefix = "/shop"});
        benchmark::DoNotOptimize(head.headers.data());
    }
}
BENCHMARK(visitor);

void trustedProxy(benchmark::State &state)
{
    auto received = micro::browserRequest();
    received.headers.push_back({"X-Forwarded-For", "203.0.113.77, 10.0.0.1"});
    received.headers.push_back({"X-Forwarded-Proto", "https"});
    const auto proxies = std::vector{wire::Cidr::parse("10.0.0.0/8").value()};
    for (auto _ : state) {
        auto head = received;
        edge::applyForwarded(head,
                             {.peerAddress = "10.0.0.2", .peerTrusted = true, .trustedProxies = proxies, .prefix = ""});
        benchmark::DoNotOptimize(head.headers.data());
    }
}
BENCHMARK(trustedProxy);

void copyOfTheHead(benchmark::State &state)
{
    const auto received = micro::browserRequest();
    for (auto _ : state) {
        auto head = received;
        benchmark::DoNotOptimize(head.headers.data());
    }
}
BENCHMARK(copyOfTheHead);

} // namespace
