#include "backend-aws/aws/scripted_service.h"
#include "stores/live_source.h"
#include "wire/limits.h"

#include <gmock/gmock.h>

namespace {

using nlohmann::json;
using testing::HasSubstr;

class LiveSourceTest : public testing::Test {
protected:
    stores::LiveSource source()
    {
        return {m_settings, m_parameters, [this] { return m_service.now; }, m_log};
    }
    void answer(const json &values)
    {
        auto parameters = json::array();
        for (const auto &[name, value] : values.items())
            parameters.push_back({{"Name", name}, {"Value", value}});
        m_service.answers.clear();
        m_service.answer(200, json{{"Parameters", parameters}}.dump());
    }

    support::ScriptedService m_service;
    aws::Parameters m_parameters{aws::JsonService(m_service.caller(), aws::kSsmDialect)};
    std::string m_logText;
    gateway::Log m_log{[this](std::string_view line) { m_logText += line; }, [this] { return m_service.now; }};
    stores::LiveSettings m_settings{.config = {.parameter = "/t/config"},
                                    .replyKey = {.parameter = "/t/reply"},
                                    .jwtSecret = {.parameter = "/t/jwt"},
                                    .jwks = {},
                                    .jwtRules = {}};
    const json m_good{{"/t/config", "[tunnel]\nmax_connections = 7\n"},
                      {"/t/reply", std::string(32, 'r')},
                      {"/t/jwt", std::string(32, 's') + "\n"}};
};

TEST_F(LiveSourceTest, ReadsAllWithOneCallAndKeepsIt)
{
    answer(m_good);
    auto live = source();
    const auto *first = live.get(m_service.soon()).value();
    EXPECT_EQ(first->settings.tunnel.maxConnections, 7);
    EXPECT_EQ(first->jwtKeys.size(), 1U);
    EXPECT_EQ(m_service.input()["Names"], json({"/t/config", "/t/reply", "/t/jwt"}));
    EXPECT_TRUE(live.get(m_service.soon()));
    EXPECT_EQ(m_service.requests.size(), 1U);
    auto changed = m_good;
    changed["/t/config"] = "[tunnel]\nmax_connections = 8\n[observability]\nlog_level = \"debug\"\n";
    answer(changed);
    m_service.now += wire::kSettingsRefresh;
    EXPECT_EQ(live.get(m_service.soon()).value()->settings.tunnel.maxConnections, 8);
    m_log.debug("loud");
    EXPECT_THAT(m_logText, HasSubstr("loud"));
}

TEST_F(LiveSourceTest, WhatBecameWrongLeavesWhatWasBefore)
{
    answer(m_good);
    auto live = source();
    EXPECT_TRUE(live.get(m_service.soon()));
    auto wrong = m_good;
    wrong["/t/config"] = "[tunnel]\nmax_conections = 8\n";
    answer(wrong);
    m_service.now += wire::kSettingsRefresh;
    EXPECT_EQ(live.get(m_service.soon()).value()->settings.tunnel.maxConnections, 7);
    EXPECT_THAT(m_logText,
                testing::AllOf(HasSubstr("settings_kept"), HasSubstr("/t/config:2"), HasSubstr("max_conections")));
    m_service.answers.clear();
    m_service.answer(500, "");
    m_service.now += wire::kSettingsRefresh;
    EXPECT_TRUE(live.get(m_service.soon()));
}

TEST_F(LiveSourceTest, FirstTimeItHasToWork)
{
    for (const auto *name : {"/t/config", "/t/reply", "/t/jwt"}) {
        auto wrong = m_good;
        wrong[name] = "secret that is short";
        answer(wrong);
        auto live = source();
        const auto outcome = live.get(m_service.soon());
        ASSERT_FALSE(outcome) << name;
        EXPECT_THAT(outcome.error().message, HasSubstr(name));
        auto missing = m_good;
        missing.erase(name);
        answer(missing);
        EXPECT_FALSE(live.get(m_service.soon())) << name;
    }
    EXPECT_THAT(m_logText, testing::Not(HasSubstr("secret that")));
}

TEST_F(LiveSourceTest, ValuesOfTheEnvironmentNeedNoCall)
{
    m_settings = {.config = {},
                  .replyKey = {.value = std::string(32, 'r'), .parameter = "/t/reply"},
                  .jwtSecret = {},
                  .jwks = {},
                  .jwtRules = {"issuer", {}}};
    auto live = source();
    const auto *value = live.get(m_service.soon()).value();
    EXPECT_TRUE(value->jwtKeys.empty());
    EXPECT_EQ(value->jwtRules.issuer, "issuer");
    EXPECT_TRUE(m_service.requests.empty());
}

} // namespace
