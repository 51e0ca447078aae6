#include "client/link_state.h"

#include <algorithm>

namespace client {

using Stage = LinkState::Stage;

bool isPending(const LinkState &link) noexcept
{
    return link.stage == Stage::Connecting || link.stage == Stage::Joining;
}

bool isLive(const LinkState &link) noexcept
{
    return !isPending(link);
}

bool isOnline(const LinkState &link) noexcept
{
    return link.stage == Stage::Online;
}

Millis dueOf(const LinkState &link, const TunnelTimes &times) noexcept
{
    if (isPending(link))
        return link.since + times.handshake;
    Millis due = link.lastPing + (link.unanswered >= kPingsToDeath ? times.pongGrace : link.pingInterval);
    if (isOnline(link) && link.handOverAt)
        due = std::min(due, *link.handOverAt);
    return std::min(due, link.watchAt.value_or(due));
}

} // namespace client
