// One tunnel as a block of tunnels.toml. Pure; any thread.
#pragma once

#include "settings/tunnels_reader.h"

#include <QString>

#include <string>

namespace settings {

// "[[tunnel]]" and the lines below it: what the defaults of the file (and of the program) say already is left out.
// `folder`: the file's, for token files in it; may be empty.
[[nodiscard]] std::string tunnelText(const TunnelEntry &entry, const TunnelDefaults &defaults, const QString &folder);

} // namespace settings
