#include "ui/windows/tray_text.h"

#include "ui/text/status_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui {

namespace {

constexpr qsizetype kNamed = 2; // of many, so that a line stays short

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::TrayText)
};

using Is = bool (*)(const workspace::TunnelInfo &tunnel);

QStringList namesOf(const QList<workspace::TunnelInfo> &tunnels, Is is)
{
    QStringList names;
    for (const workspace::TunnelInfo &tunnel : tunnels) {
        if (tunnel.wanted && is(tunnel))
            names.append(titleOf(tunnel));
    }
    return names;
}

bool isFailed(const workspace::TunnelInfo &tunnel)
{
    return tunnel.failed();
}

bool isOnTheWay(const workspace::TunnelInfo &tunnel)
{
    return !tunnel.online() && !isFailed(tunnel);
}

bool isPaused(const workspace::TunnelInfo &tunnel)
{
    return tunnel.online() && tunnel.status.paused;
}

QString news(const QList<workspace::TunnelInfo> &tunnels)
{
    if (const QStringList failed = namesOf(tunnels, isFailed); !failed.isEmpty())
        return Words::tr("%1 failed").arg(namesText(failed));
    if (const QStringList coming = namesOf(tunnels, isOnTheWay); !coming.isEmpty())
        return Words::tr("connecting %1").arg(namesText(coming));
    if (const QStringList paused = namesOf(tunnels, isPaused); !paused.isEmpty())
        return Words::tr("%1 paused").arg(namesText(paused));
    const auto online = std::ranges::count_if(tunnels, &workspace::TunnelInfo::online);
    if (online == 0)
        return Words::tr("no tunnel is open");
    return online == 1 ? Words::tr("1 tunnel is online") : Words::tr("%1 tunnels are online").arg(online);
}

} // namespace

QString namesText(const QStringList &names)
{
    if (names.size() < kNamed)
        return names.join(QString());
    if (names.size() == kNamed)
        return Words::tr("%1 and %2").arg(names[0], names[1]);
    return Words::tr("%1, %2 and %3 more").arg(names[0], names[1]).arg(names.size() - kNamed);
}

QString trayTooltip(const QList<workspace::TunnelInfo> &tunnels)
{
    return Words::tr("HTTP Tunnel: %1").arg(news(tunnels));
}

QString quitText(const QList<workspace::TunnelInfo> &tunnels)
{
    const auto open = std::ranges::count_if(tunnels, &workspace::TunnelInfo::wanted);
    if (open == 0)
        return Words::tr("&Quit");
    return open == 1 ? Words::tr("&Quit (stops 1 tunnel)") : Words::tr("&Quit (stops %1 tunnels)").arg(open);
}

QString trayMenuTitle(const workspace::TunnelInfo &tunnel)
{
    const QString word = badgeOf(tunnel.status, Colors()).word;
    return QStringLiteral("%1 · %2").arg(titleOf(tunnel), word).replace(u'&', QStringLiteral("&&"));
}

} // namespace ui
