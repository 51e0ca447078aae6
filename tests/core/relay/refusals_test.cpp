#include "relay/refusals.h"

#include <gmock/gmock.h>
#include <spdlog/sinks/ostream_sink.h>

#include <algorithm>
#include <sstream>

namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const wire::SteadyTime kStart{1h};

class RefusalsTest : public testing::Test {
protected:
    std::string lines()
    {
        auto text = m_stream.str();
        m_stream.str({});
        return text;
    }

    std::ostringstream m_stream;
    relay::Log m_log{relay::LogConfig{.level = relay::LogLevel::Warn},
                     std::make_shared<spdlog::sinks::ostream_sink_mt>(m_stream)};
    relay::Metrics m_metrics;
    relay::Refusals m_refusals{m_log, m_metrics};
};

TEST_F(RefusalsTest, TheFirstIsToldAtOnceAndTheOthersTogether)
{
    m_refusals.request("tunnel_rate", "shop", kStart);
    const auto first = lines();
    EXPECT_THAT(first, HasSubstr("requests_refused"));
    EXPECT_THAT(first, HasSubstr("tunnel_id=shop"));
    EXPECT_THAT(first, HasSubstr("limit=tunnel_rate"));
    EXPECT_THAT(first, HasSubstr("count=1"));
    for (int i = 0; i < 500; ++i)
        m_refusals.request("tunnel_rate", "shop", kStart + 1s);
    m_refusals.sweep(kStart + 9s);
    EXPECT_EQ(lines(), "");
    m_refusals.sweep(kStart + 10s);
    EXPECT_THAT(lines(), HasSubstr("count=500"));
    m_refusals.sweep(kStart + 20s);
    EXPECT_EQ(lines(), "");
    m_refusals.request("tunnel_rate", "shop", kStart + 21s);
    EXPECT_THAT(lines(), HasSubstr("count=1")) << "a new one after a pause";
    EXPECT_EQ(m_metrics.requestsRefused["tunnel_rate"], 502U);
}

TEST_F(RefusalsTest, EachTunnelAndEachAddressIsToldApart)
{
    m_refusals.request("tunnel_rate", "shop", kStart);
    m_refusals.request("tunnel_rate", "blog", kStart);
    m_refusals.connection("address", "192.0.2.1", kStart);
    const auto text = lines();
    EXPECT_THAT(text, HasSubstr("tunnel_id=shop"));
    EXPECT_THAT(text, HasSubstr("tunnel_id=blog"));
    EXPECT_THAT(text, HasSubstr("connections_refused"));
    EXPECT_THAT(text, HasSubstr("client=192.0.2.1"));
    EXPECT_EQ(m_metrics.connectionsRefused["address"], 1U);
}

TEST_F(RefusalsTest, AFloodOfAddressesFillsNeitherLogNorMemory)
{
    for (std::size_t i = 0; i < 3 * wire::kMaxRefusalSummaries; ++i)
        m_refusals.connection("address", std::to_string(i), kStart);
    const auto text = lines();
    EXPECT_EQ(std::ranges::count(text, '\n'), wire::kMaxRefusalSummaries);
    EXPECT_EQ(m_metrics.connectionsRefused["address"], 3 * wire::kMaxRefusalSummaries);
}

} // namespace
