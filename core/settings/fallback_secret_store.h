// The keychain where it works, else this process's memory, so that a token typed in is used at once either way: write()
// succeeds in both cases, and probe() tells which it was; it fails for what is wrong beyond that (no space on the disk). A read() of a token that is not in memory still fails when no
// keychain answers, since one may be in there. Caller's (main) thread.
#pragma once

#include "settings/secret_store.h"
#include "settings/session_secret_store.h"

#include <memory>

namespace settings {

class FallbackSecretStore : public SecretStore {
public:
    explicit FallbackSecretStore(std::unique_ptr<SecretStore> lasting);

    void read(const QString &account, QObject *context, ReadDone done) override;
    void write(const QString &account, const Secret &secret, QObject *context, Done done) override;
    void remove(const QString &account, QObject *context, Done done) override;
    void probe(QObject *context, Done done) override;

    // What ends with the program as things are, and to drop it once it is kept elsewhere: what changed since stays.
    [[nodiscard]] SecretMap onlyInMemory() const { return m_session->all(); }
    void forgetInMemory(const SecretMap &secrets);

private:
    std::unique_ptr<SecretStore> m_lasting;
    std::shared_ptr<SessionSecretStore> m_session; // answers on their way may outlive this object
};

} // namespace settings
