#include "relay/metrics.h"

#include <gmock/gmock.h>

#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace {

using namespace std::chrono_literals;
using relay::Histogram;
using relay::Metrics;
using testing::HasSubstr;

TEST(Histogram, PutsEachValueIntoTheFirstBoundThatHoldsIt)
{
    Histogram histogram;
    for (const double seconds : {0.0, 0.001, 0.0011, 1.0, 120.0, 121.0})
        histogram.observe(seconds);
    EXPECT_EQ(histogram.inBucket(0), 2U);
    EXPECT_EQ(histogram.inBucket(1), 1U);
    EXPECT_EQ(histogram.inBucket(9), 1U);
    EXPECT_EQ(histogram.inBucket(Histogram::kBounds.size() - 1), 1U);
    EXPECT_EQ(histogram.inBucket(Histogram::kBounds.size()), 1U);
    EXPECT_EQ(histogram.count(), 6U);
    EXPECT_DOUBLE_EQ(histogram.sum(), 242.0021);
}

TEST(Metrics, CountsRequestsByClass)
{
    Metrics metrics;
    for (const unsigned status : {101U, 200U, 204U, 304U, 404U, 502U, 599U, 0U, 600U})
        metrics.countRequest(status, 2ms);
    EXPECT_THAT(metrics.requestsByClass, testing::ElementsAre(1U, 2U, 1U, 1U, 2U));
    EXPECT_EQ(metrics.requestDuration.count(), 9U);
}

Metrics sample()
{
    Metrics metrics;
    metrics.visitorConnections = 3;
    metrics.tunnels = 2;
    metrics.links = 4;
    metrics.streams = 5;
    metrics.bytesIn = 18'446'744'073'709'551'615U;
    metrics.bytesOut = 7;
    metrics.countRequest(200, 500us);
    metrics.countRequest(200, 30ms);
    metrics.countRequest(504, 200s);
    metrics.countError(wire::Code::Timeout);
    metrics.requestsRefused["tunnel_rate"] = 6;
    metrics.connectionsRefused["address"] = 8;
    return metrics;
}

TEST(RenderMetrics, WritesEverySample)
{
    const auto text = relay::renderMetrics(sample(), "0.1.0");
    for (const char *line : {
             "tunnel_relay_build_info{version=\"0.1.0\"} 1\n",
             "# TYPE tunnel_relay_requests_total counter\n",
             "tunnel_relay_requests_total{code_class=\"2xx\"} 2\n",
             "tunnel_relay_requests_total{code_class=\"5xx\"} 1\n",
             "tunnel_relay_requests_total{code_class=\"1xx\"} 0\n",
             "# TYPE tunnel_relay_visitor_connections gauge\n",
             "tunnel_relay_visitor_connections 3\n",
             "tunnel_relay_tunnels 2\n",
             "tunnel_relay_links 4\n",
             "tunnel_relay_streams 5\n",
             "tunnel_relay_bytes_total{direction=\"in\"} 18446744073709551615\n",
             "tunnel_relay_bytes_total{direction=\"out\"} 7\n",
             "tunnel_relay_errors_total{code=\"timeout\"} 1\n",
             "tunnel_relay_errors_total{code=\"local_service_unavailable\"} 0\n",
             "tunnel_relay_errors_total{code=\"internal_error\"} 0\n",
             "tunnel_relay_requests_refused_total{limit=\"tunnel_rate\"} 6\n",
             "tunnel_relay_connections_refused_total{limit=\"address\"} 8\n",
             "# TYPE tunnel_relay_request_duration_seconds histogram\n",
             "tunnel_relay_request_duration_seconds_bucket{le=\"0.001\"} 1\n",
             "tunnel_relay_request_duration_seconds_bucket{le=\"0.025\"} 1\n",
             "tunnel_relay_request_duration_seconds_bucket{le=\"0.05\"} 2\n",
             "tunnel_relay_request_duration_seconds_bucket{le=\"120\"} 2\n",
             "tunnel_relay_request_duration_seconds_bucket{le=\"+Inf\"} 3\n",
             "tunnel_relay_request_duration_seconds_sum 200.0305\n",
             "tunnel_relay_request_duration_seconds_count 3\n",
         })
        EXPECT_THAT(text, HasSubstr(line));
}

// The grammar of the format: HELP, then TYPE, then only samples of that family; every sample once.
TEST(RenderMetrics, KeepsToTheFormat)
{
    const std::regex sampleLine(R"re(([a-z_]+)(\{[a-z_]+="[^"]*"\})? [-+.e0-9]+)re");
    std::istringstream lines(relay::renderMetrics(sample(), "0.1.0"));
    std::string family;
    std::set<std::string> seen;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("# HELP ")) {
            family = line.substr(7, line.find(' ', 7) - 7);
            EXPECT_TRUE(seen.insert(family + " HELP").second) << line;
        } else if (line.starts_with("# TYPE ")) {
            EXPECT_TRUE(line.starts_with("# TYPE " + family + " ")) << line;
        } else {
            EXPECT_TRUE(std::regex_match(line, sampleLine)) << line;
            EXPECT_TRUE(line.starts_with(family)) << line;
            EXPECT_TRUE(seen.insert(line.substr(0, line.rfind(' '))).second) << line;
        }
    }
    EXPECT_GT(seen.size(), 40U);
}

TEST(RenderMetrics, EscapesLabels)
{
    EXPECT_THAT(relay::renderMetrics({}, "a\"b\\c\nd"), HasSubstr("version=\"a\\\"b\\\\c\\nd\""));
}

} // namespace
