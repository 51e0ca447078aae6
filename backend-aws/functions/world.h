// What the functions share for as long as the program runs. Owned by main, which outlives them; one thread.
#pragma once

#include "gateway/log.h"
#include "gateway/ports.h"
#include "gateway/public_surface.h"

#include <functional>
#include <string>

namespace functions {

using gateway::Time;

struct World {
    gateway::PublicSurface surface;
    gateway::Log &log;
    std::function<Time()> clock;
    std::string functionName; // in metrics
};

} // namespace functions
