#include "gateway/metrics.h"

#include <nlohmann/json.hpp>

namespace gateway {

using nlohmann::json;

std::string metricsLine(std::string_view function, Time now, const std::vector<Metric> &metrics)
{
    auto definitions = json::array();
    json line{{"FunctionName", function}};
    for (const auto &metric : metrics) {
        definitions.push_back({{"Name", metric.name}, {"Unit", metric.unit}});
        line[std::string(metric.name)] = metric.value;
    }
    json directive{{"Namespace", kMetricsNamespace}, {"Metrics", std::move(definitions)}};
    directive["Dimensions"] = json::array({json::array({"FunctionName"})});
    line["_aws"] = {{"Timestamp", now.time_since_epoch().count()},
                    {"CloudWatchMetrics", json::array({std::move(directive)})}};
    return line.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace gateway
