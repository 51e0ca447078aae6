// How ttf ends, as scripts see it; printed by --help and described in docs/ttf.md.
#pragma once

#include "wire/result.h"

#include <cstdint>

namespace ttf {

enum class ExitCode : std::uint8_t {
    Stopped = 0,         // by the user, or because nobody reads the output any more
    Internal = 1,        // also: a failure of the server that no other code names
    Usage = 2,           // wrong command line, tunnels.toml or token file
    Unauthorized = 3,    // the server refused the token, or the token may not use this name
    NameTaken = 4,       // somebody else is online under this name
    RelayNotStarted = 5, // the embedded relay could not listen
};

[[nodiscard]] ExitCode exitCodeFor(wire::Code code) noexcept;

} // namespace ttf
