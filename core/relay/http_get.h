// One GET of a small document from elsewhere (a JSON Web Key Set), bounded in time and size. TLS is verified against the
// system's certificates; redirects are not followed, since the URL is an operator's word. Relay thread only.
#pragma once

#include "edge/http_url.h"
#include "relay/io.h"
#include "wire/result.h"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace relay {

// The body of a 200 answer. Errors are a clause for the log: Timeout, PayloadTooLarge, else ConnectionLost.
[[nodiscard]] Task<wire::Result<std::string>> httpGet(Executor executor, edge::HttpUrl url,
                                                      std::chrono::milliseconds limit, std::size_t maxBytes);

} // namespace relay
