// What the relay counts, and its rendering for Prometheus (text exposition format 0.0.4). Plain numbers: touched on
// the relay's thread only.
#pragma once

#include "wire/result.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace relay {

class Histogram {
public:
    // Upper bounds in seconds; from a loopback hit to the response head timeout.
    static constexpr std::array kBounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,  0.25,
                                        0.5,   1.0,    2.5,   5.0,  10.0,  30.0, 60.0, 120.0};

    void observe(double seconds) noexcept;
    [[nodiscard]] std::uint64_t count() const noexcept { return m_count; }
    [[nodiscard]] double sum() const noexcept { return m_sum; }
    [[nodiscard]] std::uint64_t inBucket(std::size_t index) const noexcept { return m_buckets[index]; }

private:
    std::array<std::uint64_t, kBounds.size() + 1> m_buckets{}; // not cumulative; the last one is +Inf
    std::uint64_t m_count = 0;
    double m_sum = 0.0;
};

struct Metrics {
    static constexpr std::size_t kCodes = static_cast<std::size_t>(wire::Code::InternalError) + 1;

    // Gauges: what there is now.
    std::size_t visitorConnections = 0;
    std::size_t tunnels = 0;
    std::size_t links = 0;
    std::size_t streams = 0;
    // Counters: body bytes of requests (in) and of responses (out), upgraded connections included.
    std::uint64_t bytesIn = 0;
    std::uint64_t bytesOut = 0;
    std::array<std::uint64_t, 5> requestsByClass{}; // 1xx (101 only) to 5xx, by countRequest()
    std::array<std::uint64_t, kCodes> errorsByCode{};
    Histogram requestDuration;
    // By the limit that refused them; see Refusals.
    std::map<std::string, std::uint64_t> requestsRefused;
    std::map<std::string, std::uint64_t> connectionsRefused;

    // A request that has ended, with the status its visitor got.
    void countRequest(unsigned status, std::chrono::nanoseconds duration) noexcept;
    void countError(wire::Code code) noexcept;
};

inline constexpr std::string_view kMetricsContentType = "text/plain; version=0.0.4; charset=utf-8";
[[nodiscard]] std::string renderMetrics(const Metrics &metrics, std::string_view version);

} // namespace relay
