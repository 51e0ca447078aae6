// `tunnel-relay token create|inspect|revoke` and `keys rotate`: the JWTs of tunnel clients, for an operator who has no
// issuer of his own. Keys come from files and the token to look at from the standard input, so that neither is seen in the
// list of processes. Blocking; the clock is an argument.
#pragma once

#include "edge/jwt.h"
#include "wire/limits.h"

#include <chrono>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace app {

struct TokenCreate {
    std::string keyFile; // see signing_keys.h
    edge::JwtClaims claims; // without times and id
    std::chrono::seconds life = wire::kDefaultJwtLife;
};

struct TokenInspect {
    std::string keyFile; // one of both, or none: the signature is not checked
    std::string jwksFile;
    edge::JwtRules rules; // empty: for whomever it is
};

struct TokenRevoke {
    std::string revocationFile;
    std::string tokenId; // one of both; none: a token is read from the standard input
    std::string subject; // what was issued to it so far
};

struct KeysRotate {
    std::string keyFile;
    std::string publicFile; // empty: none is written
    std::optional<edge::JwtAlgorithm> algorithm;
    std::optional<std::chrono::seconds> keep;
};

using TokenCommand = std::variant<TokenCreate, TokenInspect, TokenRevoke, KeysRotate>;

struct TokenAnswer {
    std::string text; // to print
    bool accepted = true; // false: a relay would refuse the token
};

// Errors are InvalidRequest (a file, a claim), InternalError (a file cannot be written) or Unauthorized (what was read is
// no JWT).
[[nodiscard]] wire::Result<TokenAnswer> runTokenCommand(const TokenCommand &command, std::istream &input,
                                                        edge::JwtTime now);

// "90s", "30m", "12h", "30d": more than nothing, at most kMaxJwtLife.
[[nodiscard]] wire::Result<std::chrono::seconds> parseLife(std::string_view text);

} // namespace app
