// Secrets that end with the process: where there is no keyring, and for tests. Caller's (main) thread.
#pragma once

#include "settings/secret_map.h"
#include "settings/secret_store.h"

namespace settings {

class SessionSecretStore : public SecretStore {
public:
    void read(const QString &account, QObject *context, ReadDone done) override;
    void write(const QString &account, const Secret &secret, QObject *context, Done done) override;
    void remove(const QString &account, QObject *context, Done done) override;
    void probe(QObject *context, Done done) override; // always the error that says so

    // The same at once.
    [[nodiscard]] Secret value(const QString &account) const { return m_secrets.value(account); }
    void set(const QString &account, const Secret &secret) { m_secrets.insert(account, secret); }
    [[nodiscard]] const SecretMap &all() const { return m_secrets; }
    bool take(const QString &account) { return m_secrets.remove(account) > 0; } // whether there was one

private:
    SecretMap m_secrets;
};

} // namespace settings
