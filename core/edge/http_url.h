// The URL of another server that an operator configures: an issuer's key set, a cloud's service. Pure; any thread.
#pragma once

#include "wire/result.h"

#include <string>
#include <string_view>

namespace edge {

struct HttpUrl {
    bool secure = true;
    std::string host; // without brackets
    std::string port;
    std::string authority; // for the Host field
    std::string target; // path and query

    friend bool operator==(const HttpUrl &, const HttpUrl &) = default;
};

// https://, or http:// to a loopback host: what tells who may open tunnels, and what is signed with a cloud's
// credentials, must not be read or changed on its way. Errors are InvalidRequest with a sentence.
[[nodiscard]] wire::Result<HttpUrl> parseHttpUrl(std::string_view text);

} // namespace edge
