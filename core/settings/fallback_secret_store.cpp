#include "settings/fallback_secret_store.h"

#include <utility>

namespace settings {

using wire::Code;
using wire::Result;

FallbackSecretStore::FallbackSecretStore(std::unique_ptr<SecretStore> lasting)
    : m_lasting(std::move(lasting)), m_session(std::make_shared<SessionSecretStore>())
{
}

void FallbackSecretStore::read(const QString &account, QObject *context, ReadDone done)
{
    if (m_session->value(account).isEmpty())
        m_lasting->read(account, context, std::move(done));
    else
        m_session->read(account, context, std::move(done));
}

void FallbackSecretStore::write(const QString &account, const Secret &secret, QObject *context, Done done)
{
    m_session->set(account, secret); // also for reads while the keychain asks the user
    m_lasting->write(account, secret, context,
                     [session = m_session, account, secret, done = std::move(done)](const Result<> &written) {
                         if (written && session->value(account) == secret)
                             session->take(account);
                         done({});
                     });
}

void FallbackSecretStore::remove(const QString &account, QObject *context, Done done)
{
    const bool wasHere = m_session->take(account);
    m_lasting->remove(account, context, [wasHere, done = std::move(done)](const Result<> &removed) {
        const bool onlyHere = wasHere && !removed && removed.error().code == Code::LocalServiceUnavailable;
        done(onlyHere ? Result<>() : removed);
    });
}

void FallbackSecretStore::probe(QObject *context, Done done)
{
    m_lasting->probe(context, [done = std::move(done)](const Result<> &probed) {
        if (probed)
            return done(probed);
        done(wire::fail(probed.error().code,
                        probed.error().message + "; until then tokens are kept for this session only"));
    });
}

} // namespace settings
