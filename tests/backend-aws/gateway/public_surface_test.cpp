#include "gateway/public_surface.h"

#include <gmock/gmock.h>

namespace {

using edge::RouteKind;
using gateway::PublicSurface;

constexpr std::string_view kApi = "abc.execute-api.eu-central-1.amazonaws.com";

TEST(PublicSurface, RoutesByPublicAndByOwnHost)
{
    const auto surface = PublicSurface::make("https://tunnel.example.com", true).value();
    const auto bySubdomain = surface.route("shop.tunnel.example.com", "tunnel.example.com", "/a?b", {});
    EXPECT_EQ(bySubdomain.kind, RouteKind::Tunnel);
    EXPECT_EQ(bySubdomain.name, "shop");
    EXPECT_EQ(bySubdomain.uri, "/a?b");
    const auto byPath = surface.route(kApi, kApi, "/shop/a?b", {});
    EXPECT_EQ(byPath.name, "shop");
    EXPECT_EQ(byPath.prefix, "/shop");
    EXPECT_EQ(surface.route("evil.example.com", kApi, "/shop/", {}).kind, RouteKind::Unknown);
    // With a wildcard domain of the API, its domain name is the tunnel's own host, and no apex.
    EXPECT_EQ(surface.route("shop.tunnel.example.com", "shop.tunnel.example.com", "/x/", {}).name, "shop");
}

TEST(PublicSurface, KnowsItsUrls)
{
    const auto both = PublicSurface::make("https://tunnel.example.com:8443/", true).value();
    EXPECT_EQ(both.urlsOf("shop", {}).subdomain, "https://shop.tunnel.example.com:8443/");
    EXPECT_EQ(both.urlsOf("shop", {}).path, "https://tunnel.example.com:8443/shop/");
    const auto pathOnly = PublicSurface::make("https://tunnel.example.com", false).value();
    EXPECT_EQ(pathOnly.urlsOf("shop", {}).best(), "https://tunnel.example.com/shop/");
    EXPECT_EQ(both.urlsOf("shop", {.pathRouting = false}).path, "");
    EXPECT_EQ(both.urlsOf("shop", {.subdomainRouting = false}).best(), "https://tunnel.example.com:8443/shop/");
}

TEST(PublicSurface, FeaturesCloseARoute)
{
    const auto surface = PublicSurface::make("https://tunnel.example.com", true).value();
    const gateway::FeatureFlags noPath{.pathRouting = false};
    EXPECT_EQ(surface.route("tunnel.example.com", kApi, "/shop/", noPath).kind, RouteKind::Unknown);
    EXPECT_EQ(surface.route("tunnel.example.com", kApi, "/shop", noPath).kind, RouteKind::Unknown);
    EXPECT_EQ(surface.route("shop.tunnel.example.com", kApi, "/", noPath).kind, RouteKind::Tunnel);
    const gateway::FeatureFlags noSubdomain{.subdomainRouting = false};
    EXPECT_EQ(surface.route("shop.tunnel.example.com", kApi, "/", noSubdomain).kind, RouteKind::Unknown);
}

TEST(PublicSurface, RefusesWhatIsNoOrigin)
{
    for (const auto *url : {"", "tunnel.example.com", "ftp://a", "https://", "https://a/b", "https://a b"})
        EXPECT_FALSE(PublicSurface::make(url, false)) << url;
}

} // namespace
