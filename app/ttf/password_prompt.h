// Reads a password from standard input; on a terminal without showing it. Blocking, for a program that does nothing else.
#pragma once

#include "wire/result.h"

#include <string>
#include <string_view>

namespace ttf {

// The first line. InvalidRequest when there is none; Cancelled when a signal came first. `prompt` is for a terminal.
[[nodiscard]] wire::Result<std::string> readPassword(int descriptor, std::string_view prompt = "Password: ");

} // namespace ttf
