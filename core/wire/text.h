// Text that goes to people.
#pragma once

#include <cstddef>
#include <string_view>

namespace wire {

// At most `maxBytes` of the beginning, not cutting a UTF-8 character in two.
[[nodiscard]] std::string_view cutText(std::string_view text, std::size_t maxBytes) noexcept;

// Well-formed UTF-8 (RFC 3629): nothing overlong, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool isUtf8(std::string_view text) noexcept;

} // namespace wire
