// Which parts of a recorded request let somebody act as another, and how they read when they are left out: the rest
// stays, so that one can see what was there. Pure; any thread.
#pragma once

#include "wire/http_head.h"

#include <QByteArray>

#include <cstdint>
#include <string>
#include <string_view>

namespace traffic {

enum class Redact : std::uint8_t { Secrets, Nothing }; // in what leaves the program

// By name: Authorization, cookies, and what is called a token, secret, password, session or key. A webhook's signature
// is none: it only vouches for that one body.
[[nodiscard]] bool isSecretField(std::string_view name);

// The value with "REDACTED" for its secrets: "Bearer REDACTED", "session=REDACTED; theme=REDACTED"; fields
// that are a URL (Location, Referer) as redactedUrl(). The value itself when the field is not known to carry one.
[[nodiscard]] std::string redactedValue(const wire::Header &field);

// The same for the query of a URL or request target: "/?access_token=REDACTED&page=2". There a signature is a secret,
// since whoever has a signed URL may use it.
[[nodiscard]] std::string redactedUrl(std::string_view url);

// The same for a form (application/x-www-form-urlencoded); other bodies stay as they are.
[[nodiscard]] QByteArray redactedBody(std::string_view contentType, const QByteArray &body);

} // namespace traffic
