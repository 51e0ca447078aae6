// The [tunnel.access] of one tunnel as text. Pure; any thread.
#pragma once

#include "settings/access_entry.h"

#include <functional>
#include <string>

namespace settings {

// "[tunnel.access]" and its lines, with a blank line in front; nothing without rules. `fileText` gives the path of a
// secret's file as it is to be written.
[[nodiscard]] std::string accessText(const AccessEntry &access,
                                     const std::function<QString(const QString &)> &fileText);

} // namespace settings
