// `tunnel-relay token create` and `token inspect`: the JWTs of tunnel clients, for an operator who has no issuer of his
// own. The secret comes from a file and the token to inspect from the standard input, so that neither is seen in the list
// of processes. Blocking; the clock is an argument.
#pragma once

#include "edge/jwt.h"

#include <chrono>
#include <iosfwd>
#include <string>
#include <string_view>
#include <variant>

namespace app {

struct TokenCreate {
    std::string secretFile;
    std::string subject;
    std::chrono::seconds life = wire::kDefaultJwtLife;
};

struct TokenInspect {
    std::string secretFile; // empty: the signature is not checked
};

using TokenCommand = std::variant<TokenCreate, TokenInspect>;

struct TokenAnswer {
    std::string text; // to print
    bool accepted = true; // false: a relay would refuse the token
};

// Errors are InvalidRequest (a file, the subject) or Unauthorized (what was to be inspected is no JWT).
[[nodiscard]] wire::Result<TokenAnswer> runTokenCommand(const TokenCommand &command, std::istream &input,
                                                        edge::JwtTime now);

// "90s", "30m", "12h", "30d": more than nothing, at most kMaxJwtLife.
[[nodiscard]] wire::Result<std::chrono::seconds> parseLife(std::string_view text);

} // namespace app
