// Reads a password from standard input; on a terminal without showing it. Blocking, for a program that does nothing else.
#pragma once

#include "wire/result.h"

#include <string>

namespace ttf {

// The first line. InvalidRequest when there is none.
[[nodiscard]] wire::Result<std::string> readPassword(int descriptor);

} // namespace ttf
