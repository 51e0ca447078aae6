#include "gateway/public_surface.h"

#include <fmt/format.h>

namespace gateway {

using wire::Code;

wire::Result<PublicSurface> PublicSurface::make(std::string_view publicUrl, bool subdomains)
{
    const auto start = publicUrl.find("://");
    const auto scheme = publicUrl.substr(0, start);
    auto authority = start == std::string_view::npos ? std::string_view() : publicUrl.substr(start + 3);
    if (authority.ends_with('/'))
        authority.remove_suffix(1);
    const auto host = edge::normalizeHost(authority);
    if ((scheme != "https" && scheme != "http") || authority.empty() || !host)
        return wire::fail(Code::InvalidRequest,
                          fmt::format("\"{}\" is not http(s)://host[:port], without a path", publicUrl));
    PublicSurface surface;
    surface.m_scheme = scheme;
    surface.m_authority = authority;
    surface.m_host = *host;
    surface.m_subdomains = subdomains;
    return surface;
}

edge::Route PublicSurface::route(std::string_view host, std::string_view domain, std::string_view uri,
                                 const FeatureFlags &features) const
{
    edge::RouteRules rules{m_host, {}};
    if (const auto own = edge::normalizeHost(domain); own && *own != m_host && !own->ends_with("." + m_host))
        rules.aliases.push_back(*own);
    auto route = edge::route(rules, host, uri);
    const bool byPath =
        route.kind == edge::RouteKind::Redirect || (route.kind == edge::RouteKind::Tunnel && !route.prefix.empty());
    const bool bySubdomain = route.kind == edge::RouteKind::Tunnel && route.prefix.empty();
    if ((byPath && !features.pathRouting) || (bySubdomain && !features.subdomainRouting)) {
        route.kind = edge::RouteKind::Unknown;
        route.error = {Code::TunnelNotFound, "Tunnels are not reached by this kind of address here."};
    }
    return route;
}

TunnelUrls PublicSurface::urlsOf(std::string_view tunnel, const FeatureFlags &features) const
{
    TunnelUrls urls;
    if (m_subdomains && features.subdomainRouting)
        urls.subdomain = fmt::format("{}://{}.{}/", m_scheme, tunnel, m_authority);
    if (features.pathRouting)
        urls.path = fmt::format("{}://{}/{}/", m_scheme, m_authority, tunnel);
    return urls;
}

} // namespace gateway
