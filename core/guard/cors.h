// Cross-origin requests (Fetch standard, "CORS protocol"): what a preflight is, and the answers of a tunnel whose owner
// lets scripts of every origin read it. Without credentials: a site that a visitor happens to look at must not act with
// the visitor's cookies or password. Pure; any thread.
#pragma once

#include "wire/http_head.h"

#include <string_view>

namespace guard {

inline constexpr std::string_view kRequestMethodField = "Access-Control-Request-Method";

// OPTIONS with Origin and the method asked about, without a body: browsers send it without credentials.
[[nodiscard]] bool isPreflight(const wire::RequestHead &head) noexcept;

// 204 that agrees to what the preflight asks.
[[nodiscard]] wire::ResponseHead preflightAnswer(const wire::RequestHead &preflight);

// Replaces what the service says about other origins.
void allowEveryOrigin(wire::HeaderList &response);

} // namespace guard
