// What a visitor sees when the answer comes from the tunnel and not from the service behind it: a page for people,
// JSON for programs, with CORS fields so that a script on another origin can read it. Pure; any thread. The text is
// escaped here; the sentences given must be fit for strangers (docs/protocol.md, "Error codes").
#pragma once

#include "wire/http_head.h"
#include "wire/result.h"

#include <chrono>
#include <string>
#include <string_view>

namespace edge {

struct Page {
    wire::ResponseHead head; // Content-Length set; no Connection field: that is the session's
    std::string body;        // empty for HEAD
};

// The fields of the request that decide what a page looks like; borrowed for the call. Empty means absent.
struct PageRequest {
    std::string_view method;
    std::string_view accept;
    std::string_view origin;
    std::string_view requestId;
};

// The same from a head; borrows from it.
[[nodiscard]] PageRequest pageRequestFor(const wire::RequestHead &head) noexcept;

[[nodiscard]] unsigned statusOf(wire::Code code) noexcept;
[[nodiscard]] std::string_view reasonOf(unsigned status) noexcept; // reason phrase of those we send
// What happened, in a sentence fit for visitors.
[[nodiscard]] std::string_view defaultSentence(wire::Code code) noexcept;

// An empty sentence means defaultSentence(code).
[[nodiscard]] Page makeErrorPage(wire::Code code, std::string_view sentence, const PageRequest &request);
// 408 (RFC 9110 15.5.9) with Timeout: the visitor's own request was too slow, where the code alone blames the service.
[[nodiscard]] Page makeLateRequestPage(const PageRequest &request);
// 429 with Retry-After (RFC 9110 10.2.3): `wait` in whole seconds, at least one.
[[nodiscard]] Page makeRateLimitedPage(std::string_view sentence, std::chrono::nanoseconds wait,
                                       const PageRequest &request);
// 503 with ConnectionLost and Retry-After: the tunnel takes no requests while it changes its connection.
[[nodiscard]] Page makeReconnectingPage(const PageRequest &request);
// The apex `/`: what this server is; names no tunnel.
[[nodiscard]] Page makeLandingPage(const PageRequest &request);
// 308 to a Route's location.
[[nodiscard]] Page makeRedirect(std::string_view location, const PageRequest &request);

} // namespace edge
