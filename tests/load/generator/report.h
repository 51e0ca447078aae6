// The generator's figures as JSON, for the driver in tests/load.
#pragma once

#include "crowd.h"
#include "slow_crowd.h"
#include "tunnel_client.h"

#include <nlohmann/json.hpp>

namespace load {

[[nodiscard]] nlohmann::json reportOf(const Histogram &histogram);
[[nodiscard]] nlohmann::json reportOf(const Tally &failures);
[[nodiscard]] nlohmann::json reportOf(const FleetState &fleet);
[[nodiscard]] nlohmann::json reportOf(const CrowdFigures &figures);
[[nodiscard]] nlohmann::json reportOf(const SlowFigures &figures);

} // namespace load
