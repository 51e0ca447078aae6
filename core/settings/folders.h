// Where the program keeps its files. Any thread.
#pragma once

#include "wire/result.h"

#include <QString>

namespace settings {

// The environment's `own` ("HTTP_TUNNEL_STATE_DIR"), else http-tunnel in its `base` ("XDG_STATE_HOME"), else in
// `fallback` of the home (".local/state"). Not created yet.
[[nodiscard]] QString programFolder(const char *own, const char *base, const QString &fallback);

// Made for its owner only (0700) when there is none; those above it as the system makes them. InternalError, in a
// sentence.
[[nodiscard]] wire::Result<> makeOwnerFolder(const QString &folder);

} // namespace settings
