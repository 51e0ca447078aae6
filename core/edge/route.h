// Decides what a request is for from its Host field and its target (RFC 9110 7.2, RFC 9112 3.2): NAME.apex/… and
// apex/NAME/… are tunnels. Pure: no state, any thread.
#pragma once

#include "wire/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace edge {

// Apex hosts: lower case, no port, no trailing dot (normalizeHost() makes them so).
struct RouteRules {
    std::string domain; // "localhost", "tunnel.example.com"
    std::vector<std::string> aliases;
};

enum class RouteKind : std::uint8_t {
    Tunnel,   // name, uri, prefix
    Redirect, // name, location: `/NAME` to `/NAME/`, so that relative links work; answer 308, which keeps the method
    Connect,  // a tunnel client (wire::kConnectPath on an apex)
    Landing,  // `/` on an apex
    Unknown,  // error: InvalidRequest for a Host field that is none, TunnelNotFound for all else
};

struct Route {
    RouteKind kind = RouteKind::Unknown;
    std::string name;     // of the tunnel
    std::string uri;      // what the local service is asked for: the target without `prefix`, byte for byte
    std::string prefix;   // "/NAME" when routed by path, empty when by subdomain
    std::string location; // redirects only
    wire::Error error;    // Unknown only; the message may be shown to a visitor
};

// `hostHeader` is the Host field as received, empty when there is none (HTTP/1.0): that and an IP literal count as an
// apex. `uri` is the request target in origin form, or `*`.
//
// Neither host nor name is percent-decoded, and a name is one label: `a.b.apex` is Unknown. `/NAME//evil` gives the
// uri `//evil`. It is an origin-form target (it begins with a slash and is sent as `GET //evil`), and RFC 9112 3.3
// reads it as a path, so it never names a host; a local forwarder must append it to its own target, never resolve
// it as a URL reference.
[[nodiscard]] Route route(const RouteRules &rules, std::string_view hostHeader, std::string_view uri);

// Host field to host: port and trailing dot removed, lower case; an IPv6 literal keeps its brackets. An error
// (InvalidRequest) for anything that is not host [":" port].
[[nodiscard]] wire::Result<std::string> normalizeHost(std::string_view hostHeader);
[[nodiscard]] bool isIpLiteral(std::string_view host) noexcept; // of a normalized host

} // namespace edge
