// Secrets by their accounts, and their way into and out of the encrypted file (core/seal). Values; pure.
#pragma once

#include "seal/secret_map.h"
#include "settings/secret.h"

#include <QMap>
#include <QString>

namespace settings {

using SecretMap = QMap<QString, Secret>; // by account

[[nodiscard]] seal::SecretMap toBytes(const SecretMap &secrets);
// InvalidRequest: an account is no UTF-8.
[[nodiscard]] wire::Result<SecretMap> fromBytes(const seal::SecretMap &secrets);

} // namespace settings
