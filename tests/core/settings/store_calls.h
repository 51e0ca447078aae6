// Calls of a SecretStore as plain functions that wait for the answer. For Qt tests, on the main thread.
#pragma once

#include "settings/secret_store.h"

#include <QTest>

#include <optional>

namespace support {

template <class T>
wire::Result<T> awaited(const std::optional<wire::Result<T>> &answer)
{
    if (!QTest::qWaitFor([&] { return answer.has_value(); }, 30'000))
        qFatal("no answer came");
    return *answer;
}

// `call` is handed what to call with the result.
template <class Call>
wire::Result<> done(Call call)
{
    std::optional<wire::Result<>> answer;
    QObject context;
    call(&context, [&answer](const wire::Result<> &result) { answer = result; });
    return awaited(answer);
}

inline wire::Result<settings::Secret> read(settings::SecretStore &store, const QString &account)
{
    std::optional<wire::Result<settings::Secret>> answer;
    QObject context;
    store.read(account, &context, [&answer](const auto &result) { answer = result; });
    return awaited(answer);
}

inline wire::Result<> write(settings::SecretStore &store, const QString &account, const QByteArray &secret)
{
    return done(
        [&](QObject *context, auto answer) { store.write(account, settings::Secret(secret), context, answer); });
}

inline wire::Result<> remove(settings::SecretStore &store, const QString &account)
{
    return done([&](QObject *context, auto answer) { store.remove(account, context, answer); });
}

inline wire::Result<> probe(settings::SecretStore &store)
{
    return done([&](QObject *context, auto answer) { store.probe(context, answer); });
}

} // namespace support
