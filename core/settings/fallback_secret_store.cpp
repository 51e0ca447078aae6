#include "settings/fallback_secret_store.h"

#include <utility>

namespace settings {

using wire::Code;
using wire::Result;

namespace {

// There is none that works, or it stays locked: memory has it then. Anything else is a fault that the user is told.
bool isNoStore(const Result<> &written)
{
    return written || written.error().code == Code::LocalServiceUnavailable || written.error().code == Code::Forbidden;
}

} // namespace

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
                         done(isNoStore(written) ? Result<>() : written);
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

void FallbackSecretStore::forgetInMemory(const SecretMap &secrets)
{
    for (auto it = secrets.begin(); it != secrets.end(); ++it) {
        if (m_session->value(it.key()) == it.value())
            m_session->take(it.key());
    }
}

} // namespace settings
