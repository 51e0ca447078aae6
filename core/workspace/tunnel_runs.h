// Runs tunnels of the list: embedded relay, then token, then engine; what the engine says of them goes into the list.
// Main thread; owned by Workspace.
#pragma once

#include "client/engine.h"
#include "workspace/access_lookup.h"
#include "workspace/relay_start.h"
#include "workspace/token_lookup.h"
#include "workspace/tunnel_list.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace workspace {

class TunnelRuns : public QObject {
    Q_OBJECT
public:
    struct Parts { // borrowed
        client::Engine &engine;
        TunnelList &list;
        LocalRelay &relay;
        RelayStart &relayStart;
        RunMemory &memory;
        settings::SecretStore &secrets;
    };

    explicit TunnelRuns(const Parts &parts, QObject *parent = nullptr);

    // Unknown ids are ignored. A running tunnel starts anew with its entry and token of now; it stays paused.
    void start(const QString &id);
    void stop(const QString &id);   // ends a pause too
    void forget(const QString &id); // it is, or will be, no longer in the list
    void reconnect(const QString &id);

    // Where visitors of this entry would go; empty when nobody can know.
    [[nodiscard]] QString expectedUrl(const settings::TunnelEntry &entry) const;
    // Addresses of tunnels that do not run, when where they would be is another now.
    void refreshUrls();

Q_SIGNALS:
    void statusChanged();
    void tokenFound(const QUrl &server, const client::Token &token); // a tunnel there starts with it
    void tokensAwaited(bool waits); // the keyring, or the user, takes its time

private:
    void handOver(const QString &id, const wire::Result<FoundToken> &found);
    void begin(const QString &id, const client::Token &token, const wire::Result<guard::Secrets> &secrets);
    void fail(const QString &id, const wire::Error &why);
    void show(const QString &id, client::Phase phase, const wire::Error &reason);
    void onStatus(const client::TunnelStatus &status);
    [[nodiscard]] client::TunnelStatus explained(const client::TunnelStatus &status) const;
    [[nodiscard]] client::TunnelConfig configOf(const TunnelInfo &tunnel, const client::Token &token);

    Parts m_parts;
    TokenLookup m_tokens;
    AccessLookup m_access;
    QSet<QString> m_handed;               // ids whose life the engine tells
    QHash<QString, QString> m_noTokenWhy; // by id: why the last start was without the saved token
};

} // namespace workspace
