#include "report.h"

namespace load {

using nlohmann::json;

json reportOf(const Histogram &histogram)
{
    return {{"count", histogram.count()},
            {"p50_ms", histogram.percentileMs(50)},
            {"p90_ms", histogram.percentileMs(90)},
            {"p99_ms", histogram.percentileMs(99)},
            {"p999_ms", histogram.percentileMs(99.9)},
            {"max_ms", histogram.maxMs()}};
}

json reportOf(const Tally &failures)
{
    return {{"total", failures.total()}, {"reasons", failures.reasons()}};
}

json reportOf(const FleetState &fleet)
{
    return {{"online", fleet.online},
            {"lost", fleet.lost},
            {"establishment", reportOf(fleet.establishment)},
            {"failures", reportOf(fleet.failures)}};
}

json reportOf(const CrowdFigures &figures)
{
    return {{"latency", reportOf(figures.latency)},
            {"lag", reportOf(figures.lag)},
            {"failures", reportOf(figures.failures)}};
}

json reportOf(const SlowFigures &figures)
{
    return {{"bytes_read", figures.bytesRead}, {"reading", figures.reading}, {"failures", reportOf(figures.failures)}};
}

} // namespace load
