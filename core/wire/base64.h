// Base64 of RFC 4648: section 4, with padding, for v1 bodies; section 5 (base64url), without padding, for JSON Web Tokens
// (RFC 7515 2).
#pragma once

#include "wire/result.h"

#include <string>
#include <string_view>

namespace wire {

[[nodiscard]] std::string encodeBase64(std::string_view bytes);
// Strict: alphabet, padding and zero trailing bits.
[[nodiscard]] Result<std::string> decodeBase64(std::string_view text);

[[nodiscard]] std::string encodeBase64Url(std::string_view bytes);
// Strict: alphabet, no padding, a length that can be, and zero trailing bits, so that each value has one spelling only.
[[nodiscard]] Result<std::string> decodeBase64Url(std::string_view text);

} // namespace wire
