// The path of a request target as every server reads it, for rules about paths. Servers disagree about dot segments,
// doubled slashes, path parameters, encoded slashes and double encoding; whoever may be read in two ways has no plain
// path, so that a rule cannot be got around by choosing the spelling. Pure; any thread. RFC 3986 3.3, 6.2.2.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace guard {

// The decoded path without the query, or nothing when servers could read it in different ways or it is no path.
[[nodiscard]] std::optional<std::string> plainPath(std::string_view target);

} // namespace guard
