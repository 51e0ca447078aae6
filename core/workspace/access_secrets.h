// Reads the secrets that the rules of a tunnel need from where they are kept: the keychain, or a file. Main thread.
#pragma once

#include "settings/access_entry.h"
#include "settings/secret_store.h"

#include <functional>

class QObject;

namespace workspace {

// `done` is called once: at once when no keychain is asked, else in a later turn, unless `context` is gone by then. Each
// line of a secret is one (while an old and a new one hold). An error says which is missing and never quotes one.
using AccessSecretsDone = std::function<void(const wire::Result<guard::Secrets> &)>;
void readAccessSecrets(const settings::AccessEntry &access, settings::SecretStore &store, QObject *context,
                       AccessSecretsDone done);

} // namespace workspace
