// The user's tunnels as a whole: the saved list, the engine that runs them, the embedded relay, tokens. Every command
// of window, tray and command line ends here. Lives on the main thread, owns the Engine; everything it tells is a value.
// Commands that change the list save it at once; an error says what to do, and nothing has changed then.
#pragma once

#include "client/engine.h"
#include "settings/app_state.h"
#include "settings/preferences.h"
#include "settings/secret_store.h"
#include "settings/tunnels_document.h"
#include "workspace/local_relay.h"
#include "workspace/tunnel_info.h"

#include <QObject>

#include <memory>
#include <optional>

namespace workspace {

// Borrowed; they outlive the workspace.
struct Parts {
    LocalRelay &relay;
    settings::SecretStore &secrets;
};

struct Paths {
    QString tunnelsFile; // settings::defaultTunnelsPath()
    QString configFolder; // settings::configFolder()
    QString stateFolder; // settings::stateFolder()
};

// A sentence for the user that belongs to no tunnel: shown in the window until dismissed.
struct Notice {
    QString key; // the same key replaces the notice before; an empty text takes it away
    QString text; // what happened, why, and what to do
    bool error = true;
};

class Workspace : public QObject {
    Q_OBJECT
public:
    Workspace(Parts parts, Paths paths, client::EngineOptions options, QObject *parent = nullptr);
    ~Workspace() override; // closes every tunnel; remembers which were open

    // Reads the files, starts the embedded relay when a tunnel needs it, opens what was open at the last quit (or
    // crash). What cannot be read is told as a notice; the rest works.
    void open();

    // --- The list, in the order of tunnels.toml -----------------------------------------------------------------
    [[nodiscard]] const QList<TunnelInfo> &tunnels() const { return m_tunnels; }
    [[nodiscard]] const TunnelInfo *find(const QString &id) const;
    [[nodiscard]] Overall overall() const;

    // Why this name cannot be used for a tunnel on `server` (empty: the embedded relay), in a sentence; empty when it
    // can. `except`: the tunnel that is being renamed.
    [[nodiscard]] QString nameFault(const QString &name, const QUrl &server, const QString &except = {}) const;
    // A free name made of `wish` ("Vite + React" -> "vite-react"), or a drawn one.
    [[nodiscard]] QString suggestName(const QString &wish, const QUrl &server) const;

    // Saves and starts it; an entry without a name gets one. The id.
    [[nodiscard]] wire::Result<QString> add(const settings::TunnelEntry &entry);
    [[nodiscard]] wire::Result<> edit(const QString &id, const settings::TunnelEntry &entry); // restarts it if open
    [[nodiscard]] wire::Result<QString> duplicate(const QString &id); // not started; "shop-2"
    [[nodiscard]] wire::Result<> remove(const QString &id);
    // Brings back what remove() removed last, where it was and open if it was; false when nothing is left to undo.
    bool undoRemove();

    void start(const QString &id);
    void stop(const QString &id);
    void setPaused(const QString &id, bool paused);
    void startAll();
    void stopAll();
    void reconnect(const QString &id);
    void reconnectAll();

    // --- Servers and tokens -----------------------------------------------------------------------------------------
    [[nodiscard]] const settings::Preferences &preferences() const { return m_preferences; }
    [[nodiscard]] wire::Result<> setPreferences(const settings::Preferences &preferences);
    [[nodiscard]] settings::SecretStore &secrets() { return m_parts.secrets; }
    // A server's token was saved or removed: its tunnels start again with it.
    void tokenChanged(const QUrl &server);

    // --- Requests ---------------------------------------------------------------------------------------------------
    [[nodiscard]] client::Engine &engine() { return *m_engine; } // replay, and the exchanges for an ExchangeStore
    // Where a replay of this tunnel's request goes; nothing when the tunnel is gone.
    [[nodiscard]] std::optional<client::LocalTarget> targetOf(const QString &id) const;

    [[nodiscard]] const LocalRelay &relay() const { return m_parts.relay; }

Q_SIGNALS:
    void aboutToInsert(qsizetype index);
    void inserted(qsizetype index);
    void aboutToRemove(qsizetype index);
    void removed(qsizetype index);
    void changed(qsizetype index); // any field of that tunnel
    void overallChanged(workspace::Overall overall);
    void preferencesChanged();
    void noticed(const workspace::Notice &notice);

private:
    Parts m_parts;
    Paths m_paths;
    settings::Preferences m_preferences;
    QList<TunnelInfo> m_tunnels;
    std::unique_ptr<client::Engine> m_engine;
};

} // namespace workspace
