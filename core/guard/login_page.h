// What a visitor without the right credentials gets: 401 with a challenge for each way to log in (RFC 9110 11.6.1), and
// a short page. It names neither the tunnel's owner nor its service. Pure; any thread.
#pragma once

#include "wire/http_head.h"

#include <string>

namespace guard {

struct LoginPage {
    wire::ResponseHead head;
    std::string body; // empty for HEAD
};

struct LoginWays {
    bool basic = false;
    bool bearer = false;
    bool presented = false; // credentials were given and are wrong
};

[[nodiscard]] LoginPage makeLoginPage(const wire::RequestHead &request, const LoginWays &ways);

} // namespace guard
