// Text that goes to people.
#pragma once

#include <cstddef>
#include <string_view>

namespace wire {

// At most `maxBytes` of the beginning, not cutting a UTF-8 character in two.
[[nodiscard]] std::string_view cutText(std::string_view text, std::size_t maxBytes) noexcept;

} // namespace wire
