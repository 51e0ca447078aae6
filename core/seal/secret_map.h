// Accounts and their secrets as bytes: what is inside of the encrypted file. A MessagePack map of text to text. Pure.
#pragma once

#include "seal/wiped_bytes.h"
#include "wire/result.h"

#include <map>
#include <string>
#include <string_view>

namespace seal {

using SecretMap = std::map<std::string, std::string, std::less<>>; // by account

[[nodiscard]] WipedBytes encodeSecrets(const SecretMap &secrets);
// InvalidRequest for anything that encodeSecrets() does not write: more than kMaxStoredSecrets, too long, twice the same
// account, or bytes left over.
[[nodiscard]] wire::Result<SecretMap> decodeSecrets(std::string_view bytes);

// Whether this can be kept beside them.
[[nodiscard]] wire::Result<> checkStorable(const SecretMap &secrets, std::string_view account, std::string_view secret);

} // namespace seal
