#include "micro/samples.h"
#include "relay/log.h"

#include <benchmark/benchmark.h>
#include <spdlog/sinks/null_sink.h>

namespace {

// The fields of an answered request, as visitor_request.cpp writes them.
void requestLine(benchmark::State &state, relay::LogFormat format)
{
    const relay::LogConfig config{relay::LogLevel::Debug, format};
    relay::Log log(config, std::make_shared<spdlog::sinks::null_sink_st>());
    const auto head = micro::browserRequest();
    for (auto _ : state)
        log.debug("request", {{"request_id", head.requestId},
                              {"tunnel_id", "shop"},
                              {"client", head.remoteAddress},
                              {"method", head.method},
                              {"path", head.uri},
                              {"status", 200},
                              {"duration_ms", 1.25},
                              {"bytes_in", 0},
                              {"bytes", 1024},
                              {"code", ""},
                              {"reason", ""}});
}
BENCHMARK_CAPTURE(requestLine, text, relay::LogFormat::Text);
BENCHMARK_CAPTURE(requestLine, json, relay::LogFormat::Json);

} // namespace
