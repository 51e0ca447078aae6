#include "edge/route.h"

#include "wire/cidr.h"
#include "wire/ids.h"
#include "wire/limits.h"

#include <algorithm>

namespace edge {

namespace {

constexpr std::size_t kMaxHostBytes = 253; // RFC 1035 2.3.4, as text
constexpr std::string_view kNoTunnel = "There is no tunnel at this address.";
constexpr std::string_view kBadHost = "The Host field of this request is not a host name.";

char toLower(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isDigit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

bool isHostChar(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || isDigit(c) || c == '-' || c == '.' || c == '_';
}

bool isHostName(std::string_view host) noexcept
{
    return !host.empty() && host.size() <= kMaxHostBytes && host.front() != '.' && host.back() != '.' &&
           host.find("..") == std::string_view::npos && std::ranges::all_of(host, isHostChar);
}

// "" or ":" and a port, which may be empty (RFC 3986 3.2.3).
bool isPortSuffix(std::string_view suffix) noexcept
{
    return suffix.empty() ||
           (suffix.front() == ':' && suffix.size() <= 6 && std::ranges::all_of(suffix.substr(1), isDigit));
}

bool isV6Literal(std::string_view host) noexcept
{
    if (host.size() < 2 || host.front() != '[' || host.back() != ']')
        return false;
    const auto inside = host.substr(1, host.size() - 2);
    return inside.find(':') != std::string_view::npos && inside.find('%') == std::string_view::npos &&
           wire::parseAddress(inside).has_value();
}

bool isApex(const RouteRules &rules, std::string_view host) noexcept
{
    return host == rules.domain || std::ranges::find(rules.aliases, host) != rules.aliases.end();
}

// What stands before ".apex"; empty when the host is not under it.
std::string_view labelsUnder(std::string_view host, std::string_view apex) noexcept
{
    if (apex.empty() || host.size() < apex.size() + 2 || !host.ends_with(apex))
        return {};
    const auto labels = host.substr(0, host.size() - apex.size());
    return labels.back() == '.' ? labels.substr(0, labels.size() - 1) : std::string_view();
}

bool isTunnelName(std::string_view text)
{
    return !text.empty() && wire::checkTunnelName(text).has_value();
}

std::string_view subdomainName(const RouteRules &rules, std::string_view host)
{
    if (const auto label = labelsUnder(host, rules.domain); isTunnelName(label))
        return label;
    for (const auto &alias : rules.aliases) {
        if (const auto label = labelsUnder(host, alias); isTunnelName(label))
            return label;
    }
    return {};
}

Route unknown(wire::Code code, std::string_view reason)
{
    Route result;
    result.error = {code, std::string(reason)};
    return result;
}

Route routeOnApex(std::string_view uri)
{
    const auto path = uri.substr(0, uri.find('?'));
    Route result;
    if (path == "/") {
        result.kind = RouteKind::Landing;
        return result;
    }
    if (path == wire::kConnectPath) {
        result.kind = RouteKind::Connect;
        return result;
    }
    const auto nameEnd = std::min(path.find('/', 1), path.size());
    const auto prefix = path.substr(0, nameEnd);
    if (!isTunnelName(prefix.substr(1)))
        return unknown(wire::Code::TunnelNotFound, kNoTunnel);
    result.name = prefix.substr(1);
    if (nameEnd == path.size()) {
        result.kind = RouteKind::Redirect;
        result.location.append(prefix).append("/").append(uri.substr(path.size()));
        return result;
    }
    result.kind = RouteKind::Tunnel;
    result.prefix = prefix;
    result.uri = uri.substr(nameEnd);
    return result;
}

Route routeBySubdomain(const RouteRules &rules, std::string_view host, std::string_view uri)
{
    const auto name = subdomainName(rules, host);
    if (name.empty())
        return unknown(wire::Code::TunnelNotFound, kNoTunnel);
    Route result;
    result.kind = RouteKind::Tunnel;
    result.name = name;
    result.uri = uri;
    return result;
}

} // namespace

wire::Result<std::string> normalizeHost(std::string_view hostHeader)
{
    const auto hostEnd =
        std::min(hostHeader.find(':', hostHeader.starts_with('[') ? hostHeader.find(']') : 0), hostHeader.size());
    std::string host(hostHeader.substr(0, hostEnd));
    std::ranges::transform(host, host.begin(), toLower);
    if (!host.starts_with('[') && host.ends_with('.'))
        host.pop_back();
    if (!isPortSuffix(hostHeader.substr(hostEnd)) || !(isHostName(host) || isV6Literal(host)))
        return wire::fail(wire::Code::InvalidRequest, std::string(kBadHost));
    return host;
}

bool isIpLiteral(std::string_view host) noexcept
{
    return isV6Literal(host) || (host.find(':') == std::string_view::npos && wire::parseAddress(host).has_value());
}

Route route(const RouteRules &rules, std::string_view hostHeader, std::string_view uri)
{
    if (uri != "*" && !uri.starts_with('/'))
        return unknown(wire::Code::InvalidRequest, "The target of this request is not a path.");
    std::string host;
    if (!hostHeader.empty()) {
        auto normalized = normalizeHost(hostHeader);
        if (!normalized)
            return unknown(normalized.error().code, normalized.error().message);
        host = std::move(*normalized);
    }
    const bool onApex = host.empty() || isApex(rules, host) || isIpLiteral(host);
    if (!onApex)
        return routeBySubdomain(rules, host, uri);
    return uri == "*" ? unknown(wire::Code::TunnelNotFound, kNoTunnel) : routeOnApex(uri);
}

} // namespace edge
