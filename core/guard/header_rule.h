// Fields that a tunnel sets or removes on requests to the local service. Pure; any thread.
#pragma once

#include "wire/http_head.h"

#include <span>
#include <string>
#include <string_view>

namespace guard {

// "X-Env: staging". Not those that say where a message goes or ends: Host, Content-Length, Transfer-Encoding,
// Connection and their kin (RFC 9110 7.6.1). A tunnel's host_header says what Host is.
[[nodiscard]] wire::Result<wire::Header> parseSetHeader(std::string_view text);
[[nodiscard]] wire::Result<std::string> parseRemoveHeader(std::string_view text);

// Removes, then sets: a field that is both has the value set, once.
void applyHeaderRules(wire::HeaderList &headers, std::span<const wire::Header> set,
                      std::span<const std::string> remove);

} // namespace guard
