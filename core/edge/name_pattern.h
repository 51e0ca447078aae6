// Names that a token may open tunnels with: "shop" that one, "alice-*" all that begin so, "*" any. `*` stands for any
// run of characters, none included, and may occur several times. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace edge {

// Characters of a name and `*`, no longer than a name.
[[nodiscard]] bool isNamePattern(std::string_view pattern) noexcept;
[[nodiscard]] bool matchesName(std::string_view pattern, std::string_view name) noexcept;
// A name that matches, for whoever asks for none: the first `*` becomes `drawn`, further ones nothing. Nothing when that
// is no name.
[[nodiscard]] std::optional<std::string> nameFromPattern(std::string_view pattern, std::string_view drawn);

} // namespace edge
