// Gets the passphrase of the file with saved secrets (settings/file_secret_store.h), where there is one: from a file or
// descriptor that the user names, else from the terminal that standard input is. Never from an argument. Main thread;
// reading blocks it: nothing else happens yet. Owned by Program.
#pragma once

#include "settings/secret_vault.h"

#include <QObject>
#include <QString>

#include <functional>
#include <string>
#include <vector>

namespace ttf {

class SecretsUnlock : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const wire::Result<> &)>;

    // `terminal`: where it is asked for, if that is one.
    SecretsUnlock(settings::SecretVault &vault, QString passphraseFile, int terminal);

    // Once. `done` is called once, at once or later. A passphrase that was given in a file and does not open it is an
    // error (Cancelled: a signal came); without one, ttf goes on without what is saved, and warnings() say so.
    void run(Done done);
    [[nodiscard]] const std::vector<std::string> &warnings() const { return m_warnings; }

private:
    void ask();
    void tryIt(wire::Result<std::string> passphrase, const Done &onRefused);
    void goOnWithout(std::string warning);

    settings::SecretVault &m_vault;
    QString m_passphraseFile;
    int m_terminal;
    Done m_done;
    unsigned m_tries = 0;
    std::vector<std::string> m_warnings;
};

} // namespace ttf
