// Visitors on slow lines: each asks for a large answer over a connection with a small receive buffer and reads a little
// of it every second. Owned by the command that runs it; generator's thread only.
#pragma once

#include "relay/io.h"
#include "schedule.h"
#include "tally.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace load {

struct SlowPlan {
    std::size_t count = 0;
    std::size_t bytesPerSecond = 0;
    double ramp = 0; // seconds in which they come, evenly
    double seconds = 0; // from the first one's start to everybody's end
    std::string path;
    std::function<std::string(std::uint64_t)> hostOf; // of the n-th visitor
};

struct SlowFigures {
    std::uint64_t bytesRead = 0;
    std::size_t reading = 0; // visitors that got bytes to the last second
    Tally failures;
};

// Runs the plan.
[[nodiscard]] relay::Task<SlowFigures> runSlowCrowd(relay::Executor executor, boost::asio::ip::tcp::endpoint relay,
                                                    SlowPlan plan);

} // namespace load
