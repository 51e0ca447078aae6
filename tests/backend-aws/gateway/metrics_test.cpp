#include "gateway/metrics.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace {

using nlohmann::json;

TEST(MetricsLine, IsEmbeddedMetricFormat)
{
    const gateway::Time now(std::chrono::milliseconds(1'767'323'045'006));
    const auto line = gateway::metricsLine("http", now, {{"Requests", "Count", 1}, {"Latency", "Milliseconds", 2.5}});
    EXPECT_EQ(json::parse(line), json::parse(R"({"FunctionName":"http","Requests":1.0,"Latency":2.5,
        "_aws":{"Timestamp":1767323045006,"CloudWatchMetrics":[{"Namespace":"HttpTunnel","Dimensions":[["FunctionName"]],
        "Metrics":[{"Name":"Requests","Unit":"Count"},{"Name":"Latency","Unit":"Milliseconds"}]}]}})"));
    EXPECT_EQ(line.find('\n'), std::string::npos);
}

} // namespace
