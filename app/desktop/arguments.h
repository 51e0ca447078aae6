// The command line of http-tunnel. Pure: prints nothing, exits nothing.
#pragma once

#include "desktop/start_request.h"

#include <string>

namespace desktop {

struct Options {
    StartRequest request{};
    bool verbose = false;
    std::string text{}; // not empty: print this and end (--help, --version)
};

// The error is a sentence that names the argument. What --expose names is a target, and --name a name.
[[nodiscard]] wire::Result<Options> parseArguments(int argc, const char *const *argv);

} // namespace desktop
