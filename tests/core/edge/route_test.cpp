#include "edge/route.h"
#include "wire/limits.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using edge::Route;
using edge::route;
using edge::RouteKind;
using edge::RouteRules;

const RouteRules kRules{.domain = "tunnel.example.com", .aliases = {"localhost", "t.example.org"}};

struct HostCase {
    const char *host;
    RouteKind kind;
    const char *name;
    wire::Code code = wire::Code::TunnelNotFound; // Unknown only
};

// Host confusion: everything that could be taken for a host it is not.
TEST(Route, Hosts)
{
    constexpr auto bad = wire::Code::InvalidRequest;
    const std::string longHost = std::string(300, 'a') + ".localhost";
    const HostCase table[] = {
        {"shop.tunnel.example.com", RouteKind::Tunnel, "shop"},
        {"shop.tunnel.example.com:8080", RouteKind::Tunnel, "shop"},
        {"shop.tunnel.example.com:", RouteKind::Tunnel, "shop"},
        {"shop.tunnel.example.com.", RouteKind::Tunnel, "shop"},
        {"shop.tunnel.example.com.:443", RouteKind::Tunnel, "shop"},
        {"SHOP.Tunnel.Example.COM", RouteKind::Tunnel, "shop"},
        {"shop.localhost:3000", RouteKind::Tunnel, "shop"},
        {"shop.t.example.org", RouteKind::Tunnel, "shop"},
        {"abc123def456.localhost", RouteKind::Tunnel, "abc123def456"},
        {"xn--bcher-kva.localhost", RouteKind::Tunnel, "xn--bcher-kva"},
        // the apex itself
        {"tunnel.example.com", RouteKind::Landing, ""},
        {"TUNNEL.example.com.:80", RouteKind::Landing, ""},
        {"localhost", RouteKind::Landing, ""},
        {"", RouteKind::Landing, ""},
        // IP literals
        {"127.0.0.1", RouteKind::Landing, ""},
        {"192.168.1.20:8080", RouteKind::Landing, ""},
        {"127.0.0.1.", RouteKind::Landing, ""},
        {"[::1]", RouteKind::Landing, ""},
        {"[::1]:8080", RouteKind::Landing, ""},
        {"[2001:DB8::1]:8080", RouteKind::Landing, ""},
        {"[::ffff:127.0.0.1]", RouteKind::Landing, ""},
        // not under the apex, though it looks so
        {"xtunnel.example.com", RouteKind::Unknown, ""},
        {"shop.xtunnel.example.com", RouteKind::Unknown, ""},
        {"shop-tunnel.example.com", RouteKind::Unknown, ""},
        {"tunnel.example.com.evil.net", RouteKind::Unknown, ""},
        {"shop.tunnel.example.com.evil.net", RouteKind::Unknown, ""},
        {"example.com", RouteKind::Unknown, ""},
        {"com", RouteKind::Unknown, ""},
        {"evil.net", RouteKind::Unknown, ""},
        {"localhost.localdomain", RouteKind::Unknown, ""},
        {"127.1", RouteKind::Unknown, ""},
        {"2130706433", RouteKind::Unknown, ""},
        {"shop.127.0.0.1", RouteKind::Unknown, ""},
        // more than one label, or one that is no name
        {"a.b.tunnel.example.com", RouteKind::Unknown, ""},
        {"shop.www.localhost", RouteKind::Unknown, ""},
        {"-shop.localhost", RouteKind::Unknown, ""},
        {"shop-.localhost", RouteKind::Unknown, ""},
        {"_tunnel.localhost", RouteKind::Unknown, ""},
        {"x.localhost", RouteKind::Unknown, ""},
        // no host at all
        {".localhost", RouteKind::Unknown, "", bad},
        {"shop..localhost", RouteKind::Unknown, "", bad},
        {"shop.localhost..", RouteKind::Unknown, "", bad},
        {".", RouteKind::Unknown, "", bad},
        {":80", RouteKind::Unknown, "", bad},
        {"shop.localhost:80:80", RouteKind::Unknown, "", bad},
        {"shop.localhost:http", RouteKind::Unknown, "", bad},
        {"shop.localhost:123456", RouteKind::Unknown, "", bad},
        {"shop.localhost:-1", RouteKind::Unknown, "", bad},
        {"user@shop.localhost", RouteKind::Unknown, "", bad},
        {"evil.net@localhost", RouteKind::Unknown, "", bad},
        {"localhost@evil.net", RouteKind::Unknown, "", bad},
        {"localhost#.evil.net", RouteKind::Unknown, "", bad},
        {"localhost/.evil.net", RouteKind::Unknown, "", bad},
        {"localhost\\.evil.net", RouteKind::Unknown, "", bad},
        {"shop.localhost,evil.net", RouteKind::Unknown, "", bad},
        {"shop.localhost evil.net", RouteKind::Unknown, "", bad},
        {" shop.localhost", RouteKind::Unknown, "", bad},
        {"sh%6fp.localhost", RouteKind::Unknown, "", bad},
        {"b\xc3\xbc"
         "cher.localhost",
         RouteKind::Unknown, "", bad},
        {"[::1", RouteKind::Unknown, "", bad},
        {"::1", RouteKind::Unknown, "", bad},
        {"[::1]x", RouteKind::Unknown, "", bad},
        {"[::1].localhost", RouteKind::Unknown, "", bad},
        {"[localhost]", RouteKind::Unknown, "", bad},
        {"[127.0.0.1]", RouteKind::Unknown, "", bad},
        {"[fe80::1%25eth0]", RouteKind::Unknown, "", bad},
        {"[]", RouteKind::Unknown, "", bad},
        {"[::1].", RouteKind::Unknown, "", bad},
        {longHost.c_str(), RouteKind::Unknown, "", bad},
    };
    for (const auto &[host, kind, name, code] : table) {
        const Route result = route(kRules, host, "/");
        EXPECT_EQ(result.kind, kind) << host;
        EXPECT_EQ(result.name, name) << host;
        if (kind == RouteKind::Unknown) {
            EXPECT_EQ(result.error.code, code) << host;
            EXPECT_FALSE(result.error.message.empty()) << host;
        }
    }
}

struct PathCase {
    const char *uri;
    RouteKind kind;
    const char *name;
    const char *rest; // uri of a tunnel, location of a redirect
};

TEST(Route, PathsOnTheApex)
{
    const std::string tooLong = "/" + std::string(wire::kMaxNameLength + 1, 'a') + "/";
    const PathCase table[] = {
        {"/shop/", RouteKind::Tunnel, "shop", "/"},
        {"/shop/a/b?c=d", RouteKind::Tunnel, "shop", "/a/b?c=d"},
        {"/shop/?q", RouteKind::Tunnel, "shop", "/?q"},
        {"/shop/%2e%2e/%00?%", RouteKind::Tunnel, "shop", "/%2e%2e/%00?%"},
        {"/shop/../other/", RouteKind::Tunnel, "shop", "/../other/"},
        {"/shop//evil", RouteKind::Tunnel, "shop", "//evil"},
        {"/shop///evil.net/x", RouteKind::Tunnel, "shop", "///evil.net/x"},
        {"/shop/\xc3\xbc", RouteKind::Tunnel, "shop", "/\xc3\xbc"},
        {"/shop/http://evil.net/", RouteKind::Tunnel, "shop", "/http://evil.net/"},
        // no slash behind the name
        {"/shop", RouteKind::Redirect, "shop", "/shop/"},
        {"/shop?a=/b", RouteKind::Redirect, "shop", "/shop/?a=/b"},
        {"/shop?", RouteKind::Redirect, "shop", "/shop/?"},
        // the relay's own
        {"/", RouteKind::Landing, "", ""},
        {"/?shop", RouteKind::Landing, "", ""},
        {"/_tunnel/connect", RouteKind::Connect, "", ""},
        {"/_tunnel/connect?x", RouteKind::Connect, "", ""},
        // nothing there
        {"/_tunnel/connect/", RouteKind::Unknown, "", ""},
        {"/_tunnel/", RouteKind::Unknown, "", ""},
        {"//", RouteKind::Unknown, "", ""},
        {"//shop/", RouteKind::Unknown, "", ""},
        {"//evil.net", RouteKind::Unknown, "", ""},
        {"/Shop/", RouteKind::Unknown, "", ""},
        {"/sh%6fp/", RouteKind::Unknown, "", ""},
        {"/shop%2f/", RouteKind::Unknown, "", ""},
        {"/../shop/", RouteKind::Unknown, "", ""},
        {"/./shop/", RouteKind::Unknown, "", ""},
        {"/shop\\evil", RouteKind::Unknown, "", ""},
        {"/shop;x/", RouteKind::Unknown, "", ""},
        {"/shop#x", RouteKind::Unknown, "", ""},
        {"/favicon.ico", RouteKind::Unknown, "", ""},
        {"/.well-known/x", RouteKind::Unknown, "", ""},
        {"/-shop/", RouteKind::Unknown, "", ""},
        {"/x/", RouteKind::Unknown, "", ""},
        {"*", RouteKind::Unknown, "", ""},
        {tooLong.c_str(), RouteKind::Unknown, "", ""},
    };
    for (const auto &[uri, kind, name, rest] : table) {
        const Route result = route(kRules, "localhost:8080", uri);
        EXPECT_EQ(result.kind, kind) << uri;
        EXPECT_EQ(result.name, name) << uri;
        EXPECT_EQ(kind == RouteKind::Redirect ? result.location : result.uri, rest) << uri;
        EXPECT_EQ(result.prefix, kind == RouteKind::Tunnel ? "/" + std::string(name) : "") << uri;
        if (kind == RouteKind::Unknown) {
            EXPECT_EQ(result.error.code, wire::Code::TunnelNotFound) << uri;
        }
    }
}

TEST(Route, SubdomainKeepsTheTargetByteForByte)
{
    for (const char *uri : {"/", "/a?b", "//evil", "/other/", "/_tunnel/connect", "/%2F", "*", "/shop"}) {
        const Route result = route(kRules, "shop.localhost", uri);
        EXPECT_EQ(result.kind, RouteKind::Tunnel) << uri;
        EXPECT_EQ(result.uri, uri);
        EXPECT_EQ(result.prefix, "");
    }
}

TEST(Route, RefusesTargetsThatAreNoPath)
{
    for (const char *host : {"localhost", "shop.localhost"}) {
        for (const char *uri : {"", "shop", "http://localhost/", "evil.net:443", "?x", "@evil.net/"}) {
            const Route result = route(kRules, host, uri);
            EXPECT_EQ(result.kind, RouteKind::Unknown) << uri;
            EXPECT_EQ(result.error.code, wire::Code::InvalidRequest) << uri;
        }
    }
}

TEST(Route, AnApexInsideAnotherApexIsAnApex)
{
    const RouteRules rules{.domain = "example.com", .aliases = {"tunnel.example.com"}};
    EXPECT_EQ(route(rules, "tunnel.example.com", "/").kind, RouteKind::Landing);
    EXPECT_EQ(route(rules, "shop.tunnel.example.com", "/").name, "shop");
    EXPECT_EQ(route(rules, "shop.example.com", "/").name, "shop");
}

TEST(Route, WithoutADomainOnlyAddressesAreAnApex)
{
    EXPECT_EQ(route({}, "127.0.0.1", "/").kind, RouteKind::Landing);
    EXPECT_EQ(route({}, "shop.localhost", "/").kind, RouteKind::Unknown);
}

TEST(NormalizeHost, RemovesPortDotAndCase)
{
    EXPECT_EQ(edge::normalizeHost("Shop.LocalHost.:80").value(), "shop.localhost");
    EXPECT_EQ(edge::normalizeHost("[2001:DB8::1]:80").value(), "[2001:db8::1]");
    EXPECT_FALSE(edge::normalizeHost(""));
}

TEST(IsIpLiteral, TellsAddressesFromNames)
{
    EXPECT_TRUE(edge::isIpLiteral("127.0.0.1"));
    EXPECT_TRUE(edge::isIpLiteral("[::1]"));
    EXPECT_FALSE(edge::isIpLiteral("::1"));
    EXPECT_FALSE(edge::isIpLiteral("localhost"));
    EXPECT_FALSE(edge::isIpLiteral(""));
}

} // namespace
