// Finds the token that a tunnel starts with: the embedded relay's own, that of its token file, else the one the user
// saved for its server. Main thread; owned by Workspace.
#pragma once

#include "settings/secret_store.h"
#include "settings/tunnel_entry.h"
#include "wire/limits.h"
#include "workspace/local_relay.h"
#include "workspace/token_file.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace workspace {

class TokenLookup : public QObject {
    Q_OBJECT
public:
    // Without a token when none is saved, and with a warning when it could not be read. An error: the token file.
    using Done = std::function<void(const wire::Result<FoundToken> &)>;

    TokenLookup(const LocalRelay &relay, settings::SecretStore &secrets,
                std::chrono::milliseconds slow = wire::kKeyringSlow, QObject *parent = nullptr);

    // `done` is called once: at once, or, when a keyring must be asked, later. A newer find() or a cancel() of the
    // same id forgets it.
    void find(const QString &id, const settings::TunnelEntry &entry, const Done &done);
    void cancel(const QString &id);

Q_SIGNALS:
    // Something is asked and has not answered for `slow`: it waits for its user. Then that it does no more.
    void waitsForUser(bool waits);

private:
    void settle(); // nothing is asked any more, perhaps
    void ask(const QString &id, const QUrl &server, const Done &done);

    const LocalRelay &m_relay;
    settings::SecretStore &m_secrets;
    QHash<QString, quint64> m_asked; // by id: the number of its newest question
    quint64 m_questions = 0;
    QTimer m_slow;
    bool m_waits = false;
};

} // namespace workspace
