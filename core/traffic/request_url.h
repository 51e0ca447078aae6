// The URL of a request as it is typed, taken apart without changing a byte of path and query: QUrl would normalise
// them. Pure; any thread.
#pragma once

#include "wire/result.h"

#include <QString>

#include <string>
#include <string_view>

namespace traffic {

struct RequestUrl {
    bool tls = false;
    QString host; // without brackets; an international name in its ASCII form
    quint16 port = 0;
    std::string target; // request target in origin form, ASCII, or "*"

    friend bool operator==(const RequestUrl &, const RequestUrl &) = default;
};

// Absolute http and https URLs. What is not ASCII in path and query becomes percent-escapes of its UTF-8, as in
// browsers: services read it in charsets of their own. InvalidRequest with a sentence for the user.
[[nodiscard]] wire::Result<RequestUrl> parseRequestUrl(const QString &text);

// Every byte that is not ASCII as a percent-escape; the others stay.
[[nodiscard]] std::string escapedTarget(std::string_view target);

// "http://localhost:3000", "https://[::1]"; without the port that the scheme implies.
[[nodiscard]] QString requestOrigin(bool tls, const QString &host, quint16 port);

} // namespace traffic
