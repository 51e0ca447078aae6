// Asks the Secret Service of a Linux desktop what QtKeychain does not tell: a keyring whose prompt the user dismissed
// answers a read as if there were no entry, and a write by an error without a code. Over D-Bus, asynchronous; starts no
// service. `done` is called once on the caller's thread, in a later turn, unless `context` is gone by then; false where
// there is no such service (KWallet's own protocol, other systems). Main thread.
#pragma once

#include <QObject>
#include <QString>

#include <functional>

namespace settings {

using LockDone = std::function<void(bool locked)>;

// Whether there is an entry that cannot be read.
void askWhetherEntryIsLocked(const QString &service, const QString &account, QObject *context, LockDone done);
// Whether the keyring that new entries go to is locked.
void askWhetherKeyringIsLocked(QObject *context, LockDone done);

} // namespace settings
