// The icon of the tray for each overall state: the mark of the product with a shape of its own for the state in the
// corner, so that it can be told without colours. Reads on light and dark panels. GUI thread; pure.
#pragma once

#include "workspace/tunnel_info.h"

#include <QIcon>

namespace ui {

[[nodiscard]] QIcon trayIcon(workspace::Overall overall);

} // namespace ui
