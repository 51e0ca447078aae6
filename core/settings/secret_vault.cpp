#include "settings/secret_vault.h"

#include <QPointer>

#include <utility>

namespace settings {

using wire::Result;

namespace {

// What outlives the program, at this moment.
class LastingStore : public SecretStore {
public:
    LastingStore(FileSecretStore &file, std::shared_ptr<SecretStore> keychain)
        : m_file(file), m_keychain(std::move(keychain))
    {
    }

    void read(const QString &account, QObject *context, ReadDone done) override
    {
        now().read(account, context, std::move(done));
    }
    void write(const QString &account, const Secret &secret, QObject *context, Done done) override
    {
        now().write(account, secret, context, std::move(done));
    }
    void remove(const QString &account, QObject *context, Done done) override
    {
        now().remove(account, context, std::move(done));
    }
    void probe(QObject *context, Done done) override { now().probe(context, std::move(done)); }

private:
    SecretStore &now() { return m_file.exists() ? static_cast<SecretStore &>(m_file) : *m_keychain; }

    FileSecretStore &m_file;
    std::shared_ptr<SecretStore> m_keychain;
};

} // namespace

SecretVault::SecretVault(std::unique_ptr<SecretStore> keychain, const QString &filePath, QObject *parent)
    : QObject(parent),
      m_file(filePath),
      m_keychain(std::move(keychain)),
      m_kept(std::make_unique<LastingStore>(m_file, m_keychain))
{
}

void SecretVault::createFile(WipedBytes passphrase, QObject *context, Done done)
{
    const SecretMap kept = m_kept.onlyInMemory();
    m_file.create(std::move(passphrase), kept, context,
                  [self = QPointer(this), kept, done = std::move(done)](const Result<> &created) {
                      if (created && self)
                          self->m_kept.forgetInMemory(kept);
                      done(created);
                  });
}

void SecretVault::unlock(WipedBytes passphrase, QObject *context, const Done &done)
{
    m_file.unlock(std::move(passphrase), context, [self = QPointer(this), done](const Result<> &unlocked) {
        done(unlocked);
        if (!unlocked || !self)
            return;
        const SecretMap kept = self->m_kept.onlyInMemory();
        for (auto it = kept.begin(); it != kept.end(); ++it)
            self->m_kept.write(it.key(), it.value(), self.data(), [](const Result<> &) {});
    });
}

void SecretVault::moveToKeychain(QObject *context, const Done &done)
{
    moveRest(m_file.secrets().keys(), context, done);
}

// One after the other: the first that the keychain refuses ends it.
void SecretVault::moveRest(QStringList accounts, QObject *context, const Done &done)
{
    if (accounts.isEmpty())
        return m_file.forget(context, done);
    const QString account = accounts.takeFirst();
    m_keychain->write(account, m_file.secrets().value(account), context,
                      [self = QPointer(this), accounts, context, done](const Result<> &written) {
                          if (!written || !self)
                              return done(written);
                          self->moveRest(accounts, context, done);
                      });
}

void SecretVault::read(const QString &account, QObject *context, ReadDone done)
{
    m_kept.read(account, context, std::move(done));
}

void SecretVault::write(const QString &account, const Secret &secret, QObject *context, Done done)
{
    m_kept.write(account, secret, context, std::move(done));
}

void SecretVault::remove(const QString &account, QObject *context, Done done)
{
    m_kept.remove(account, context, std::move(done));
}

void SecretVault::probe(QObject *context, Done done)
{
    m_kept.probe(context, std::move(done));
}

} // namespace settings
