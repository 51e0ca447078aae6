// What --verbose prints. Pure; main thread.
#pragma once

#include "workspace/workspace.h"

namespace desktop {

// The engine knows tunnels by the ids of this run ("ID: online at URL"); people know their names ("shop: online …").
[[nodiscard]] QString logLine(const workspace::Workspace &workspace, const QString &line);

} // namespace desktop
