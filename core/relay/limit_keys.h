// The keys of [limits] in the relay's configuration. Part of parseConfig().
#pragma once

#include "edge/toml_reader.h"
#include "relay/config.h"

namespace relay {

void readLimits(edge::TomlSection &section, LimitConfig &limits);

} // namespace relay
