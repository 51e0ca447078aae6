// Metrics in CloudWatch's embedded metric format: a log line that CloudWatch reads figures from. Pure; any thread.
#pragma once

#include "gateway/reservation.h"

#include <string>
#include <string_view>
#include <vector>

namespace gateway {

inline constexpr std::string_view kMetricsNamespace = "HttpTunnel";

struct Metric {
    std::string_view name;
    std::string_view unit; // "Count", "Milliseconds", "Bytes"
    double value = 0;
};

// One line without its end. `function` becomes the only dimension: more would make each combination a metric that costs.
[[nodiscard]] std::string metricsLine(std::string_view function, Time now, const std::vector<Metric> &metrics);

} // namespace gateway
