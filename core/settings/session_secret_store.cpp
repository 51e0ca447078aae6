#include "settings/session_secret_store.h"

#include <utility>

namespace settings {

using wire::Code;
using wire::Result;

namespace {

template <class Done, class T>
void later(QObject *context, Done done, Result<T> result)
{
    QMetaObject::invokeMethod(
        context, [done = std::move(done), result = std::move(result)] { done(result); }, Qt::QueuedConnection);
}

} // namespace

void SessionSecretStore::read(const QString &account, QObject *context, ReadDone done)
{
    later(context, std::move(done), Result<Secret>(value(account)));
}

void SessionSecretStore::write(const QString &account, const Secret &secret, QObject *context, Done done)
{
    set(account, secret);
    later(context, std::move(done), Result<>());
}

void SessionSecretStore::remove(const QString &account, QObject *context, Done done)
{
    take(account);
    later(context, std::move(done), Result<>());
}

void SessionSecretStore::probe(QObject *context, Done done)
{
    later(context, std::move(done),
          Result<>(wire::fail(Code::LocalServiceUnavailable,
                              "Tokens are kept for this session only: they are gone when HTTP Tunnel quits")));
}

} // namespace settings
