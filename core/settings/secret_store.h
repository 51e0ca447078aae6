// Where tokens are kept, one for each account (a server's URL). Asynchronous: a keyring may ask the user first. Each
// call ends with one call of `done` on the caller's thread, in a later turn of the event loop, unless `context` is gone
// by then. Caller's (main) thread.
#pragma once

#include "settings/secret.h"
#include "wire/result.h"

#include <QObject>
#include <QString>
#include <QUrl>

#include <functional>

namespace settings {

class SecretStore {
public:
    using ReadDone = std::function<void(const wire::Result<Secret> &)>; // empty when none is kept
    using Done = std::function<void(const wire::Result<> &)>;

    virtual ~SecretStore() = default;
    virtual void read(const QString &account, QObject *context, ReadDone done) = 0;
    virtual void write(const QString &account, const Secret &secret, QObject *context, Done done) = 0;
    virtual void remove(const QString &account, QObject *context, Done done) = 0; // none kept is no error
    // Whether secrets outlive this process, and if not, why, in a sentence for the user.
    virtual void probe(QObject *context, Done done) = 0;
};

// The account of a server: its URL without a trailing slash, default port or letter case of the host.
[[nodiscard]] QString secretAccount(const QUrl &server);

} // namespace settings
