// One saved tunnel with what it does right now: the value that every view of tunnels shows.
#pragma once

#include "client/tunnel_status.h"
#include "settings/tunnel_entry.h"

namespace workspace {

struct TunnelInfo {
    QString id; // of this run; TunnelConfig::id and ExchangeSummary::tunnelId
    settings::TunnelEntry entry;
    client::TunnelStatus status; // Idle until it was started
    bool wanted = false;         // the user wants it open; so it is at the next start
    quint64 requests = 0;        // in this run
    quint64 failures = 0;        // of those, aborted or 5xx

    // Where visitors go: from the status while there is one, else where it would be; empty when nobody can know.
    QString publicUrl;
    [[nodiscard]] bool onEmbeddedRelay() const { return entry.server.isEmpty(); }
    [[nodiscard]] bool online() const { return status.phase == client::Phase::Online; }
};

// What the tray and the status bar say of all of them together, worst news first.
enum class Overall : std::uint8_t {
    Idle,         // none is wanted
    Up,           // every wanted one is online
    Paused,       // … and at least one is paused
    Connecting,   // some are on their way, for the first time or again
    Failed,       // at least one will not come back by itself
};

} // namespace workspace
