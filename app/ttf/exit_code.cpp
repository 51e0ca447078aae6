#include "ttf/exit_code.h"

namespace ttf {

ExitCode exitCodeFor(wire::Code code) noexcept
{
    switch (code) {
    case wire::Code::Unauthorized:
    case wire::Code::Forbidden: return ExitCode::Unauthorized;
    case wire::Code::NameTaken: return ExitCode::NameTaken;
    case wire::Code::InvalidRequest: return ExitCode::Usage;
    default: return ExitCode::Internal;
    }
}

} // namespace ttf
