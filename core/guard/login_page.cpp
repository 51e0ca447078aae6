#include "guard/login_page.h"

namespace guard {

namespace {

constexpr std::string_view kBody = "This address asks for a login. Ask whoever gave it to you for a user name and a "
                                   "password, or for an access token.\n";

void add(wire::ResponseHead &head, std::string_view name, std::string_view value)
{
    head.headers.push_back({std::string(name), std::string(value)});
}

} // namespace

LoginPage makeLoginPage(const wire::RequestHead &request, const LoginWays &ways)
{
    LoginPage page;
    page.head.status = 401;
    page.head.reason = "Unauthorized";
    if (ways.basic)
        add(page.head, "WWW-Authenticate", R"(Basic realm="tunnel", charset="UTF-8")");
    if (ways.bearer)
        add(page.head, "WWW-Authenticate",
            ways.presented ? R"(Bearer realm="tunnel", error="invalid_token")" : R"(Bearer realm="tunnel")");
    add(page.head, "Cache-Control", "no-store");
    add(page.head, "Content-Type", "text/plain; charset=utf-8");
    add(page.head, "X-Content-Type-Options", "nosniff");
    add(page.head, "X-Tunnel-Error", wire::codeName(wire::Code::Unauthorized));
    add(page.head, "Content-Length", std::to_string(kBody.size()));
    if (!request.requestId.empty())
        add(page.head, "X-Request-Id", request.requestId);
    if (request.method == "HEAD")
        return page;
    page.head.body = wire::BodyKind::Sized;
    page.body = kBody;
    return page;
}

} // namespace guard
