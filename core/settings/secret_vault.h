// Where this user's secrets are, as one store: in the encrypted file if there is one, else in the keychain of the desktop;
// what neither takes stays in memory until the program ends (FallbackSecretStore). The file is the user's own choice where
// no keychain works, so it wins over one that works later, until its secrets are moved there. Main thread.
#pragma once

#include "settings/fallback_secret_store.h"
#include "settings/file_secret_store.h"

#include <QObject>

#include <memory>

namespace settings {

class SecretVault : public QObject, public SecretStore {
    Q_OBJECT
public:
    SecretVault(std::unique_ptr<SecretStore> keychain, const QString &filePath, QObject *parent = nullptr);

    [[nodiscard]] FileSecretStore &file() { return m_file; }

    // A file with what is in memory. Where there was one, its passphrase is asked for no longer, and its content is lost.
    void createFile(WipedBytes passphrase, QObject *context, Done done);
    // Opens it, and keeps what is in memory there too.
    void unlock(WipedBytes passphrase, QObject *context, const Done &done);
    // Writes what is in the unlocked file to the keychain, then deletes it. After an error the file is as it was.
    void moveToKeychain(QObject *context, const Done &done);
    // Whether the keychain works, whatever the file is.
    void probeKeychain(QObject *context, Done done) { m_keychain->probe(context, std::move(done)); }

    void read(const QString &account, QObject *context, ReadDone done) override;
    void write(const QString &account, const Secret &secret, QObject *context, Done done) override;
    void remove(const QString &account, QObject *context, Done done) override;
    void probe(QObject *context, Done done) override;

private:
    void moveRest(QStringList accounts, QObject *context, const Done &done);

    FileSecretStore m_file;
    std::shared_ptr<SecretStore> m_keychain;
    FallbackSecretStore m_kept;
};

} // namespace settings
