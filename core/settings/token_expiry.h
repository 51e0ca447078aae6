// When a token ends, by its own word: the `exp` of a JSON Web Token (RFC 7519 4.1.4), which nobody has verified here, for
// people to see. A relay checks it and its signature (core/edge). Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace settings {

using TokenTime = std::chrono::sys_seconds;

// Nothing for a token that is no JWT, or one that does not end.
[[nodiscard]] std::optional<TokenTime> tokenExpiry(std::string_view token);

} // namespace settings
