// The Date field of an answer (RFC 9110 5.6.7, IMF-fixdate only: what AWS sends). Pure; any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace aws {

// "Fri, 02 Jan 2026 03:04:05 GMT"
[[nodiscard]] std::optional<std::chrono::sys_seconds> parseHttpDate(std::string_view text) noexcept;

} // namespace aws
