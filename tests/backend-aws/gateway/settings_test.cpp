#include "gateway/settings.h"

#include <gmock/gmock.h>

namespace {

using namespace std::chrono_literals;
using gateway::parseSettings;
using testing::HasSubstr;

TEST(Settings, DefaultsAreThoseOfTheReadme)
{
    const auto settings = parseSettings("", "config").value();
    EXPECT_EQ(settings.tunnel.maxConnections, 10'000);
    EXPECT_EQ(settings.tunnel.requestTimeout, 25s);
    EXPECT_EQ(settings.tunnel.heartbeat, 300s);
    EXPECT_TRUE(settings.security.requireAuthentication);
    EXPECT_EQ(settings.security.maxRequestsPerMinute, 1000);
    EXPECT_EQ(gateway::rewriteName(settings.performance), "full");
}

TEST(Settings, ReadsEveryKey)
{
    const auto settings = parseSettings(R"(
[tunnel]
max_connections = 5
request_timeout_secs = 28
heartbeat_interval_secs = 30
[performance]
enable_caching = false
enable_content_rewrite = true
rewrite_strategy = "base"
[security]
require_authentication = false
enable_rate_limiting = false
max_requests_per_minute = 1
[observability]
log_level = "debug"
enable_metrics = false
structured_logging = false
[features]
path_routing = false
subdomain_routing = false
fail_in_flight = false
)",
                                        "config")
                              .value();
    EXPECT_EQ(settings.tunnel.maxConnections, 5);
    EXPECT_EQ(settings.tunnel.requestTimeout, 28s);
    EXPECT_EQ(settings.tunnel.heartbeat, 30s);
    EXPECT_FALSE(settings.performance.caching);
    EXPECT_EQ(gateway::rewriteName(settings.performance), "base");
    EXPECT_FALSE(settings.security.requireAuthentication);
    EXPECT_FALSE(settings.security.rateLimiting);
    EXPECT_EQ(settings.security.maxRequestsPerMinute, 1);
    EXPECT_EQ(settings.observability.logLevel, gateway::LogLevel::Debug);
    EXPECT_FALSE(settings.observability.metrics);
    EXPECT_FALSE(settings.observability.structuredLogging);
    EXPECT_FALSE(settings.features.pathRouting);
    EXPECT_FALSE(settings.features.subdomainRouting);
    EXPECT_FALSE(settings.features.failInFlight);
}

TEST(Settings, RefusesWhatItDoesNotKnow)
{
    const auto message = [](std::string_view toml) {
        const auto settings = parseSettings(toml, "/http-tunnel/config");
        return settings ? std::string("accepted") : settings.error().message;
    };
    EXPECT_THAT(message("[tunnel]\nmax_conections = 5\n"),
                testing::AllOf(HasSubstr("/http-tunnel/config:2"), HasSubstr("max_conections")));
    EXPECT_THAT(message("[tunel]\n"), HasSubstr("tunel"));
    EXPECT_THAT(message("[tunnel]\nrequest_timeout_secs = 29\n"), HasSubstr("request_timeout_secs"));
    EXPECT_THAT(message("[performance]\nrewrite_strategy = \"some\"\n"), HasSubstr("full, base, none"));
    EXPECT_THAT(message("[security]\nrequire_authentication = 1\n"), HasSubstr("true or false"));
    EXPECT_THAT(message("[security\n"), HasSubstr("/http-tunnel/config"));
}

TEST(Settings, RewritingOffIsNone)
{
    const auto off = parseSettings("[performance]\nenable_content_rewrite = false\n", "c").value();
    EXPECT_EQ(gateway::rewriteName(off.performance), "none");
    const auto none = parseSettings("[performance]\nrewrite_strategy = \"none\"\n", "c").value();
    EXPECT_EQ(gateway::rewriteName(none.performance), "none");
}

} // namespace
