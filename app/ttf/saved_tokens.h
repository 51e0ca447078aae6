// Asks the keychain for the tokens of servers that ttf was given none for: those that were saved in the settings of HTTP
// Tunnel. A keychain that is missing, or waits for its user, does not hold ttf up. Main thread; owned by Program, and
// outlived by the store.
#pragma once

#include "client/tunnel_config.h"
#include "settings/secret_store.h"
#include "wire/limits.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace ttf {

struct SavedTokensAnswer {
    QHash<QString, client::Token> tokens; // by settings::secretAccount()
    std::vector<std::string> warnings; // for everybody
    std::vector<std::string> remarks; // for --verbose
};

class SavedTokens : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const SavedTokensAnswer &)>;

    explicit SavedTokens(settings::SecretStore &store, std::chrono::milliseconds patience = wire::kKeyringPatience);

    // Once. `done` is called once, in a later turn of the event loop, after `patience` at the latest.
    void ask(const QSet<QString> &accounts, Done done);

private:
    void onAnswer(const QString &account, const wire::Result<settings::Secret> &answer);
    void onTimeout();
    void finish();

    settings::SecretStore &m_store;
    QSet<QString> m_pending;
    QTimer m_timeout;
    SavedTokensAnswer m_answer;
    Done m_done;
};

} // namespace ttf
