// One GET of a small document from elsewhere (a JSON Web Key Set), bounded in time and size. TLS is verified against the
// system's certificates; redirects are not followed, since the URL is an operator's word. Relay thread only.
#pragma once

#include "relay/io.h"
#include "wire/result.h"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace relay {

struct HttpUrl {
    bool secure = true;
    std::string host; // without brackets
    std::string port;
    std::string authority; // for the Host field
    std::string target; // path and query

    friend bool operator==(const HttpUrl &, const HttpUrl &) = default;
};

// https://, or http:// to a loopback host: what tells who may open tunnels must not be changed on its way. Errors are
// InvalidRequest with a sentence.
[[nodiscard]] wire::Result<HttpUrl> parseHttpUrl(std::string_view text);

// The body of a 200 answer. Errors are a clause for the log: Timeout, PayloadTooLarge, else ConnectionLost.
[[nodiscard]] Task<wire::Result<std::string>> httpGet(Executor executor, HttpUrl url, std::chrono::milliseconds limit,
                                                      std::size_t maxBytes);

} // namespace relay
