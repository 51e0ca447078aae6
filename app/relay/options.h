// The command line of tunnel-relay as a value: a configuration file, with flags over it. No side effects but reading
// that file.
#pragma once

#include "relay/config.h"
#include "relay/token_command.h"

#include <optional>
#include <string>

namespace app {

struct RelayOptions {
    relay::Config config;
    bool checkOnly = false;
    std::optional<TokenCommand> token; // do this, and do not serve
    std::string message; // not empty: print it and exit 0 (--help, --version)
};

// Errors are InvalidRequest with a sentence for the user.
[[nodiscard]] wire::Result<RelayOptions> parseRelayOptions(int argc, const char *const *argv);

} // namespace app
