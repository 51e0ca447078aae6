// The keychain of the operating system, through QtKeychain: Secret Service (gnome-keyring) or KWallet, the macOS
// keychain, the Windows credential store. It may ask the user for a passphrase, and answers when it has one; calls are
// served one after the other. Nothing is ever written to a file of ours. Main thread, with an event loop.
#pragma once

#include "settings/secret_store.h"

#include <utility>

namespace settings {

class KeychainStore : public SecretStore {
public:
    // `service`: under which name the keychain lists our entries.
    explicit KeychainStore(QString service = QStringLiteral("http-tunnel")) : m_service(std::move(service)) {}

    void read(const QString &account, QObject *context, ReadDone done) override;
    void write(const QString &account, const Secret &secret, QObject *context, Done done) override;
    void remove(const QString &account, QObject *context, Done done) override;
    // Writes an entry and removes it: a service without a keyring answers reads as if it had one.
    void probe(QObject *context, Done done) override;

private:
    QString m_service;
};

} // namespace settings
