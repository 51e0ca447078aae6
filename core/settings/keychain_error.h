// What QtKeychain says went wrong, as a sentence that tells the user what to do. Pure.
#pragma once

#include "wire/result.h"

#include <QString>
#include <qt6keychain/keychain.h>

namespace settings {

// `detail`: the job's errorString(); for every error but NoError. Forbidden: the user, or the keyring, said no;
// LocalServiceUnavailable: there is none that works.
[[nodiscard]] wire::Error keychainError(QKeychain::Error error, const QString &detail);

// It was asked for, and its user did not unlock it.
[[nodiscard]] wire::Error lockedKeyring();

} // namespace settings
