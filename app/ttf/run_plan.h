// What one run of ttf exposes: from the options (and the tunnels.toml they name) to tunnels with an id each. Main
// thread; reads files, opens nothing else.
#pragma once

#include "settings/app_state.h"
#include "ttf/arguments.h"

#include <QList>
#include <QString>

namespace ttf {

struct PlannedTunnel {
    QString id; // unique in this run: the name asked for, else the target
    settings::TunnelEntry entry;
};

struct RunPlan {
    QString key; // what is run, as the key of the remembered port
    QList<PlannedTunnel> tunnels;

    [[nodiscard]] bool needsRelay() const; // some tunnel has no server
};

// The target of `demo` is left open (port 0): the caller serves the sample site and fills it in.
[[nodiscard]] wire::Result<RunPlan> makePlan(const Options &options);

// Gives every tunnel on the embedded relay that asks for no name the one its target had last, so that its URL stays.
void nameTunnels(RunPlan &plan, settings::AppState &state, const QDateTime &now);

} // namespace ttf
