#include "gateway/log.h"

#include <gmock/gmock.h>

namespace {

using gateway::Log;
using gateway::Time;
using nlohmann::json;
using testing::IsEmpty;

class LogTest : public testing::Test {
protected:
    std::string m_text;
    Log m_log{[this](std::string_view line) { m_text += line; },
              [] { return Time(std::chrono::milliseconds(1'767'323'045'006)); }};
};

TEST_F(LogTest, JsonLines)
{
    m_log.setInvocation("i-1");
    m_log.info("event", {{"number", 5}, {"text", "a\nb\"\xff"}, {"flag", true}});
    EXPECT_EQ(m_text.back(), '\n');
    EXPECT_EQ(std::ranges::count(m_text, '\n'), 1);
    EXPECT_EQ(json::parse(m_text), json::parse(R"({"time":"2026-01-02T03:04:05.006Z","level":"info","event":"event",
        "invocation":"i-1","number":5,"text":"a\nb\"\ufffd","flag":true})"));
}

TEST_F(LogTest, TextLines)
{
    m_log.configure({.structuredLogging = false});
    m_log.warn("event", {{"text", "a\nb c"}});
    EXPECT_EQ(m_text, "2026-01-02T03:04:05.006Z warn event text=\"a\\nb c\"\n");
}

TEST_F(LogTest, SecretsAreStars)
{
    m_log.error("event",
                {{"reply_to", "x1"}, {"access_token", "x2"}, {"Authorization", "open"}, {"authorization", "x3"}});
    EXPECT_THAT(m_text, testing::Not(testing::ContainsRegex("x[123]")));
    EXPECT_EQ(json::parse(m_text)["reply_to"], "***");
}

TEST_F(LogTest, LevelsAndMetricsAreSwitched)
{
    m_log.debug("quiet");
    EXPECT_THAT(m_text, IsEmpty());
    m_log.metrics("{}");
    EXPECT_EQ(m_text, "{}\n");
    m_text.clear();
    m_log.configure({.logLevel = gateway::LogLevel::Error, .metrics = false});
    m_log.warn("quiet");
    m_log.metrics("{}");
    EXPECT_THAT(m_text, IsEmpty());
    m_log.configure({.logLevel = gateway::LogLevel::Debug});
    m_log.debug("loud");
    EXPECT_EQ(json::parse(m_text)["level"], "debug");
}

} // namespace
