// Spans and points of time as the owner of a tunnel writes them. Pure; any thread.
#pragma once

#include "wire/result.h"

#include <chrono>
#include <string>
#include <string_view>

namespace guard {

// "90s", "30m", "2h", "7d"; at most wire::kMaxExpiry.
[[nodiscard]] wire::Result<std::chrono::seconds> parseDuration(std::string_view text);
[[nodiscard]] std::string durationText(std::chrono::seconds duration);
// "2026-12-01T12:00:00Z", or with an offset, "+01:00" (RFC 3339).
[[nodiscard]] wire::Result<std::chrono::sys_seconds> parseTime(std::string_view text);
[[nodiscard]] std::string timeText(std::chrono::sys_seconds time); // in UTC

} // namespace guard
