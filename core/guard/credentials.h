// What a visitor says in the Authorization field: a name and password (Basic, RFC 7617) or a token (Bearer, RFC 6750).
// Pure; any thread.
#pragma once

#include "wire/http_head.h"

#include <string>
#include <string_view>
#include <variant>

namespace guard {

struct NoCredentials {}; // none, malformed, of another scheme, or more than one
struct BasicCredentials {
    std::string name;
    std::string password;
};
struct BearerCredentials {
    std::string token;
};
using Credentials = std::variant<NoCredentials, BasicCredentials, BearerCredentials>;

[[nodiscard]] Credentials readCredentials(const wire::HeaderList &headers);

// RFC 7617 2: no colon, no control characters.
[[nodiscard]] wire::Result<> checkLoginName(std::string_view name);
[[nodiscard]] wire::Result<> checkPassword(std::string_view password);
// RFC 6750 2.1 b64token, long enough not to be guessed.
[[nodiscard]] wire::Result<> checkAccessToken(std::string_view token);

} // namespace guard
