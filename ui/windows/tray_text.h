// What the tray says in words. Pure; GUI thread.
#pragma once

#include "workspace/tunnel_info.h"

#include <QList>
#include <QString>

namespace ui {

// "HTTP Tunnel: shop is reconnecting", worst news first; short, as tooltips of trays are cut.
[[nodiscard]] QString trayTooltip(const QList<workspace::TunnelInfo> &tunnels);
// "Quit (stops 3 tunnels)"
[[nodiscard]] QString quitText(const QList<workspace::TunnelInfo> &tunnels);
// "shop · Online", with no & that would become a mnemonic.
[[nodiscard]] QString trayMenuTitle(const workspace::TunnelInfo &tunnel);

// "shop", "shop and blog", "shop, blog and 3 more"
[[nodiscard]] QString namesText(const QStringList &names);

} // namespace ui
