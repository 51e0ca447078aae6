// What the workspace remembers from run to run, in state.json: the embedded relay's port, the names of tunnels that
// have none, and which tunnels the user wants open. Each change is on disk before the call returns, so that a kill -9
// loses nothing. Main thread; owned by Workspace.
#pragma once

#include "settings/app_state.h"
#include "workspace/expiry_text.h"

#include <QList>

namespace workspace {

class RunMemory {
public:
    explicit RunMemory(const QString &stateFolder);

    // A damaged file is told and then as good as none.
    [[nodiscard]] wire::Result<> load();

    [[nodiscard]] quint16 relayPort() const; // of this program's last run; 0: none
    [[nodiscard]] QList<quint16> portsToTry() const;
    [[nodiscard]] wire::Result<> rememberPort(quint16 port);

    // The name of a tunnel that has none, the same in each run.
    [[nodiscard]] QString nameFor(const settings::TunnelEntry &entry);

    // In the very first run, until rememberOpen(): those that start by themselves.
    [[nodiscard]] bool wasOpen(const settings::TunnelEntry &entry) const;
    [[nodiscard]] wire::Result<> rememberOpen(const QList<settings::TunnelEntry> &open);

    // Whether the user was not told yet that this token is this close to its end; from now on he was. What cannot be
    // written is told again in the next run.
    [[nodiscard]] bool isNewExpiry(const QString &account, settings::TokenTime expiry, ExpiryStage stage);

private:
    [[nodiscard]] wire::Result<> change(const std::function<void(settings::AppState &)> &how);

    settings::AppStateFile m_file;
    settings::AppState m_state;
    bool m_firstRun = true;
};

} // namespace workspace
