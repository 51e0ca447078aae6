#include "relay/limit_keys.h"

#include <gmock/gmock.h>

namespace {

using relay::LimitConfig;
using testing::HasSubstr;
using wire::Rate;

wire::Result<LimitConfig> read(const std::string &keys)
{
    auto config = relay::parseConfig("[limits]\n" + keys, "f.toml");
    if (!config)
        return std::unexpected(config.error());
    return config->limits;
}

TEST(ReadLimits, ReadsEveryKey)
{
    const auto limits = read(R"(
max_body_bytes = 100
max_visitor_connections = 10
max_connections_per_address = 5
max_tunnels_per_token = 7
max_links_per_tunnel = 2
max_streams_per_link = 3
requests_per_second = 1000
requests_burst = 2000
max_requests = 400
requests_per_second_per_token = 0.5
max_requests_per_token = 50
requests_per_second_per_tunnel = 50.5
requests_burst_per_tunnel = 1
max_requests_per_tunnel = 20
upload_bytes_per_second_per_tunnel = 1024
download_bytes_per_second_per_tunnel = 1000000
)");
    ASSERT_TRUE(limits) << limits.error().message;
    const LimitConfig expected{.maxBodyBytes = 100,
                               .maxVisitorConnections = 10,
                               .maxConnectionsPerAddress = 5,
                               .maxTunnelsPerToken = 7,
                               .maxLinksPerTunnel = 2,
                               .maxStreamsPerLink = 3,
                               .relay = {.requests = Rate{1000, 2000}, .maxInFlight = 400},
                               .token = {.requests = Rate{0.5, 1}, .maxInFlight = 50},
                               .tunnel = {.requests = Rate{50.5, 1}, .maxInFlight = 20},
                               .uploadBytesPerSecond = 1024,
                               .downloadBytesPerSecond = 1'000'000};
    EXPECT_EQ(*limits, expected);
}

TEST(ReadLimits, OffIsNoLimit)
{
    const auto limits = read("requests_per_second = 'off'\nrequests_burst = 'off'\nmax_requests_per_token = 'off'\n"
                             "upload_bytes_per_second_per_tunnel = 'off'\n");
    ASSERT_TRUE(limits) << limits.error().message;
    EXPECT_EQ(*limits, LimitConfig{});
}

TEST(ReadLimits, RefusesWhatCannotBeMeant)
{
    const std::pair<const char *, const char *> table[] = {
        {"requests_per_second = 0", "limits.requests_per_second: must be a number, 0.0002778 to 1e+09, or \"off\""},
        {"requests_per_second = -1", "limits.requests_per_second"},
        {"requests_per_second = 1e10", "limits.requests_per_second"},
        {"requests_per_second = nan", "limits.requests_per_second"},
        {"requests_per_second = '50'", "limits.requests_per_second"},
        {"requests_per_second = true", "limits.requests_per_second"},
        {"requests_per_minute = 5", "unknown key in [limits]: \"requests_per_minute\""},
        {"requests_per_second_per_token = 0", "limits.requests_per_second_per_token"},
        {"requests_per_second_per_tunnel = 0", "limits.requests_per_second_per_tunnel"},
        {"requests_burst = 5", "[limits]: requests_burst says nothing without requests_per_second"},
        {"requests_per_second_per_tunnel = 5\nrequests_burst_per_tunnel = 0",
         "limits.requests_burst_per_tunnel: must be a whole number, 1 to 1000000, or \"off\""},
        {"requests_per_second = 5\nrequests_burst = 1.5", "limits.requests_burst"},
        {"requests_per_second = 5\nrequests_burst = 1000001", "limits.requests_burst"},
        {"max_body_bytes = 1e9", "limits.max_body_bytes: must be a whole number"},
        {"max_links_per_tunnel = 5", "limits.max_links_per_tunnel: must be a whole number, 1 to 4"},
        {"max_tunnels_per_token = 0", "limits.max_tunnels_per_token"},
        {"max_streams_per_link = 1000001", "limits.max_streams_per_link"},
        {"max_requests = 0", "limits.max_requests"},
        {"max_requests = -1", "limits.max_requests"},
        {"max_requests = 1000001", "limits.max_requests"},
        {"max_requests = 9223372036854775808", "f.toml:2"},
        {"max_connections_per_address = 0", "limits.max_connections_per_address"},
        {"upload_bytes_per_second_per_tunnel = 1023", "limits.upload_bytes_per_second_per_tunnel"},
        {"download_bytes_per_second_per_tunnel = 0", "limits.download_bytes_per_second_per_tunnel"},
        {"download_bytes_per_second_per_tunnel = 1e6", "must be a whole number"},
    };
    for (const auto &[keys, message] : table) {
        const auto limits = read(keys);
        ASSERT_FALSE(limits) << keys;
        EXPECT_THAT(limits.error().message, HasSubstr(message)) << keys;
    }
}

TEST(UsualBurst, IsASecondsWorth)
{
    EXPECT_EQ(relay::usualBurst(0.01), 1);
    EXPECT_EQ(relay::usualBurst(2.5), 3);
    EXPECT_EQ(relay::usualBurst(50), 50);
    EXPECT_EQ(relay::usualBurst(1e9), wire::kMaxRequestBurst);
}

} // namespace
