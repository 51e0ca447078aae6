// Which of the formats we can write a visitor wants (RFC 9110 12.5.1). Pure; any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace edge {

enum class PageFormat : std::uint8_t { Html, Json, Text };

// HTML only where text/html (or text/*) is asked for and nothing else is preferred to it: `*/*`, as command line
// tools and fetch() send it, and no Accept at all mean JSON. Text when neither is acceptable.
[[nodiscard]] PageFormat negotiateFormat(std::string_view accept) noexcept;

} // namespace edge
