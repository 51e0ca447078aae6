// A keyring that is locked for good. Main thread.
#pragma once

#include "settings/session_secret_store.h"

namespace support {

class LockedStore : public settings::SessionSecretStore {
public:
    void read(const QString &, QObject *context, ReadDone done) override
    {
        QMetaObject::invokeMethod(
            context, [done] { done(wire::fail(wire::Code::InternalError, "the keyring is locked")); },
            Qt::QueuedConnection);
    }
};

} // namespace support
