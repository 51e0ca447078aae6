// One saved tunnel with what it does right now: the value that every view of tunnels shows.
#pragma once

#include "client/tunnel_status.h"
#include "settings/tunnel_entry.h"

#include <QList>

namespace workspace {

struct TunnelInfo {
    QString id; // of this run; TunnelConfig::id and ExchangeSummary::tunnelId
    settings::TunnelEntry entry;
    client::TunnelStatus status; // Idle until it was started
    bool wanted = false;         // the user wants it open; so it is at the next start
    bool tokenSent = false;      // with the last start: an Unauthorized means this token, not a missing one

    // Where visitors go: from the status while there is one, else where it would be; empty when nobody can know.
    QString publicUrl;
    [[nodiscard]] bool onEmbeddedRelay() const { return entry.server.isEmpty(); }
    [[nodiscard]] bool online() const { return status.phase == client::Phase::Online; }
    // Wanted open, and will not come back by itself.
    [[nodiscard]] bool failed() const { return wanted && status.phase == client::Phase::Failed; }
    // The engine is at it, so that it needs no other start.
    [[nodiscard]] bool running() const;
};

// What the tray and the status bar say of all of them together, worst news first.
enum class Overall : std::uint8_t {
    Idle,         // none is wanted
    Up,           // every wanted one is online
    Paused,       // … and at least one is paused
    Connecting,   // some are on their way, for the first time or again
    Failed,       // at least one will not come back by itself
};

[[nodiscard]] Overall overallOf(const QList<TunnelInfo> &tunnels);

// The address of a tunnel on the embedded relay; empty without a name or a port.
[[nodiscard]] QString embeddedUrl(const QString &name, quint16 port);

} // namespace workspace
