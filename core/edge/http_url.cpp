#include "edge/http_url.h"

#include "edge/route.h"
#include "wire/cidr.h"
#include "wire/http_head.h"

#include <fmt/format.h>

#include <algorithm>

namespace edge {

namespace {

using wire::Code;
using wire::Result;

std::unexpected<wire::Error> badUrl(std::string_view text)
{
    return wire::fail(Code::InvalidRequest,
                      fmt::format("\"{}\" is no https:// URL (http:// only to this host itself)", text));
}

bool isLoopback(std::string_view host)
{
    static const auto v4 = wire::Cidr::parse("127.0.0.0/8").value();
    static const auto v6 = wire::Cidr::parse("::1").value();
    const auto address = wire::parseAddress(host);
    return host == "localhost" || (address && (v4.contains(*address) || v6.contains(*address)));
}

std::string withoutBrackets(std::string_view host)
{
    return std::string(host.starts_with('[') ? host.substr(1, host.size() - 2) : host);
}

} // namespace

Result<HttpUrl> parseHttpUrl(std::string_view text)
{
    HttpUrl url;
    url.secure = text.starts_with("https://");
    if (!url.secure && !text.starts_with("http://"))
        return badUrl(text);
    const auto rest = text.substr(url.secure ? 8 : 7);
    const auto slash = std::min(rest.find('/'), rest.size());
    url.authority = rest.substr(0, slash);
    url.target = slash == rest.size() ? "/" : std::string(rest.substr(slash));
    const auto host = normalizeHost(url.authority);
    if (!host || !wire::isRequestTarget(url.target) || url.target.find('#') != std::string::npos)
        return badUrl(text);
    url.host = withoutBrackets(*host);
    const auto colon = url.authority.find(':', host->size());
    url.port = colon == std::string::npos ? (url.secure ? "443" : "80") : url.authority.substr(colon + 1);
    if (url.port.empty() || (!url.secure && !isLoopback(url.host)))
        return badUrl(text);
    return url;
}

} // namespace edge
