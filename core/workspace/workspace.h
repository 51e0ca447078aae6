// The user's tunnels as a whole: the saved list, the engine that runs them, the embedded relay, tokens. Every command
// of window, tray and command line ends here. Lives on the main thread, owns the Engine; everything it tells is a value.
// Commands that change the list save it at once; an error says what to do, and nothing has changed then.
#pragma once

#include "client/engine.h"
#include "settings/app_state.h"
#include "settings/preferences.h"
#include "settings/secret_vault.h"
#include "settings/tunnels_document.h"
#include "workspace/expiry_watch.h"
#include "workspace/local_relay.h"
#include "workspace/notice_board.h"
#include "workspace/relay_start.h"
#include "workspace/run_memory.h"
#include "workspace/tunnel_info.h"
#include "workspace/tunnel_list.h"
#include "workspace/tunnel_names.h"
#include "workspace/tunnel_runs.h"
#include "workspace/visitor_questions.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace workspace {

// Borrowed; they outlive the workspace.
struct Parts {
    LocalRelay &relay;
    settings::SecretStore &secrets;
    settings::SecretVault *vault = nullptr; // `secrets` once more, where the user has a choice of where they are kept
};

struct Paths {
    QString tunnelsFile; // settings::defaultTunnelsPath()
    QString configFolder; // settings::configFolder()
    QString stateFolder; // settings::stateFolder()
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
    [[nodiscard]] const QList<TunnelInfo> &tunnels() const { return m_list.tunnels(); }
    [[nodiscard]] const TunnelInfo *find(const QString &id) const { return m_list.find(id); }
    [[nodiscard]] Overall overall() const { return m_overall; }

    // Why this name cannot be used for a tunnel on `server` (empty: the embedded relay), in a sentence; empty when it
    // can. `except`: the tunnel that is being renamed.
    [[nodiscard]] QString nameFault(const QString &name, const QUrl &server, const QString &except = {}) const
    {
        return m_names.fault(name, server, except);
    }
    // A free name made of `wish` ("Vite + React" -> "vite-react"), or a drawn one.
    [[nodiscard]] QString suggestName(const QString &wish, const QUrl &server) const
    {
        return m_names.suggest(wish, server);
    }

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
    [[nodiscard]] settings::SecretVault *vault() { return m_parts.vault; } // null: there is no choice
    [[nodiscard]] const ExpiryWatch &expiries() const { return m_expiries; }
    // Every server's token may be another now: all that failed for theirs start again.
    void tokensChanged();
    // What is told already and not dismissed, for a window that is made later.
    [[nodiscard]] const QList<Notice> &notices() const { return m_notices.notices(); }
    void dismiss(const QString &noticeKey) { m_notices.tell({noticeKey, {}}); }
    // A server's token was saved or removed: its tunnels start again with it.
    void tokenChanged(const QUrl &server);
    // Opens a tunnel there for a moment, with `typed` or, when that is empty, the saved token. `done` is called once
    // with a sentence (server_trial.h), unless `context` is gone by then.
    using TestDone = std::function<void(const wire::Result<QString> &)>;
    void testServer(const QUrl &server, const settings::Secret &typed, QObject *context, const TestDone &done);

    // --- Requests ---------------------------------------------------------------------------------------------------
    [[nodiscard]] client::Engine &engine() { return *m_engine; } // replay, and the exchanges for an ExchangeStore
    // Where a replay of this tunnel's request goes; nothing when the tunnel is gone.
    [[nodiscard]] std::optional<client::LocalTarget> targetOf(const QString &id) const;

    // Who waits for the user at tunnels with ask_first.
    [[nodiscard]] VisitorQuestions &visitors() { return *m_visitors; }
    [[nodiscard]] const VisitorQuestions &visitors() const { return *m_visitors; }

    [[nodiscard]] const LocalRelay &relay() const { return m_parts.relay; }
    [[nodiscard]] const Paths &paths() const { return m_paths; } // for people to find their files

Q_SIGNALS:
    void opened(); // the list is there, as far as it can be read
    void aboutToInsert(qsizetype index);
    void inserted(qsizetype index);
    void aboutToRemove(qsizetype index);
    void removed(qsizetype index);
    void changed(qsizetype index); // any field of that tunnel
    void overallChanged(workspace::Overall overall);
    void preferencesChanged();
    void noticed(const workspace::Notice &notice);

private:
    struct Removed {
        qsizetype index;
        TunnelInfo tunnel;
    };

    void connectList();
    void setWanted(const QStringList &ids, bool wanted);
    void rememberOpen();
    [[nodiscard]] wire::Result<QString> insert(qsizetype index, const settings::TunnelEntry &entry);
    void onFound(const QString &id);
    void refreshOverall();
    [[nodiscard]] wire::Result<> checkNew(const settings::TunnelEntry &entry, const QString &except = {}) const;
    [[nodiscard]] wire::Result<> checkRoom() const;
    [[nodiscard]] wire::Result<qsizetype> indexOf(const QString &id) const;
    [[nodiscard]] QStringList ids(const std::function<bool(const TunnelInfo &)> &which) const;

    Parts m_parts;
    Paths m_paths;
    settings::PreferencesFile m_preferencesFile;
    wire::Result<settings::Preferences> m_preferencesRead;
    settings::Preferences m_preferences;
    NoticeBoard m_notices;
    RunMemory m_memory;
    TunnelList m_list;
    TunnelNames m_names;
    ExpiryWatch m_expiries;
    RelayStart m_relayStart;
    std::optional<Removed> m_removed;
    Overall m_overall = Overall::Idle;
    std::unique_ptr<client::Engine> m_engine;
    std::unique_ptr<VisitorQuestions> m_visitors;
    std::unique_ptr<TunnelRuns> m_runs;
};

} // namespace workspace
