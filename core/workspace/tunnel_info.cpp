#include "workspace/tunnel_info.h"

namespace workspace {

using client::Phase;

bool TunnelInfo::running() const
{
    return status.phase == Phase::Connecting || status.phase == Phase::Online || status.phase == Phase::Reconnecting;
}

Overall overallOf(const QList<TunnelInfo> &tunnels)
{
    Overall worst = Overall::Idle;
    for (const TunnelInfo &tunnel : tunnels) {
        if (!tunnel.wanted)
            continue;
        const Overall here = tunnel.failed()        ? Overall::Failed
                             : !tunnel.online()     ? Overall::Connecting
                             : tunnel.status.paused ? Overall::Paused
                                                    : Overall::Up;
        worst = std::max(worst, here);
    }
    return worst;
}

QString embeddedUrl(const QString &name, quint16 port)
{
    if (name.isEmpty() || port == 0)
        return {};
    return QStringLiteral("http://%1.localhost:%2/").arg(name).arg(port);
}

} // namespace workspace
