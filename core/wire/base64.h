// Base64 of RFC 4648 section 4, with padding; used by v1 bodies.
#pragma once

#include "wire/result.h"

#include <string>
#include <string_view>

namespace wire {

[[nodiscard]] std::string encodeBase64(std::string_view bytes);
// Strict: alphabet, padding and zero trailing bits.
[[nodiscard]] Result<std::string> decodeBase64(std::string_view text);

} // namespace wire
