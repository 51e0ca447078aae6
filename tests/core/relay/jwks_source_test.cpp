#include "core/edge/jwt_samples.h"
#include "relay/jwks_source.h"
#include "support/document_server.h"
#include "support/run_task.h"
#include "wire/limits.h"

#include <gmock/gmock.h>
#include <spdlog/sinks/ostream_sink.h>

#include <optional>
#include <sstream>

namespace {

using namespace std::chrono_literals;
using edge::JwtAlgorithm;
using relay::JwksSource;
using testing::HasSubstr;
using testing::Not;

std::string setWith(const std::string &id, JwtAlgorithm algorithm = JwtAlgorithm::EdDSA)
{
    return nlohmann::json{{"keys", {edge::publicJwk(samples::drawnJwk(algorithm, id))}}}.dump();
}

class JwksSourceTest : public testing::Test {
protected:
    ~JwksSourceTest() override { m_source.reset(); } // its timers, before the io_context
    JwksSource &start(std::chrono::milliseconds refresh = 1h)
    {
        m_source.emplace(m_io.get_executor(), m_log, edge::parseHttpUrl(m_server.url()).value(), refresh);
        m_source->changed = [this] { ++m_changes; };
        relay::asio::co_spawn(m_io, m_source->run(), relay::asio::detached);
        return *m_source;
    }
    // Runs until this holds; false when it does not in time.
    template <class Condition>
    bool runUntil(Condition condition)
    {
        const auto end = std::chrono::steady_clock::now() + support::kBound;
        m_io.restart();
        while (!condition() && std::chrono::steady_clock::now() < end)
            m_io.run_one_until(end);
        return condition();
    }
    bool knows(const std::string &id) const { return m_source->keys().knows({JwtAlgorithm::EdDSA, id}); }
    relay::Task<bool> refreshed()
    {
        const bool judged = co_await m_source->refresh();
        co_return judged;
    }

    std::ostringstream m_lines;
    relay::Log m_log{relay::LogConfig{.level = relay::LogLevel::Info},
                     std::make_shared<spdlog::sinks::ostream_sink_mt>(m_lines)};
    relay::asio::io_context m_io{1};
    support::DocumentServer m_server{m_io};
    std::optional<JwksSource> m_source;
    int m_changes = 0;
};

TEST_F(JwksSourceTest, FetchesAtTheStart)
{
    m_server.setDocument(setWith("a"));
    start();
    EXPECT_TRUE(runUntil([this] { return m_changes == 1; }));
    EXPECT_TRUE(knows("a"));
    EXPECT_THAT(m_lines.str(), HasSubstr("jwks_fetched"));
}

TEST_F(JwksSourceTest, AndAgainEverySoOften)
{
    m_server.setDocument(setWith("a"));
    start(10ms);
    EXPECT_TRUE(runUntil([this] { return knows("a"); }));
    m_server.setDocument(setWith("b"));
    EXPECT_TRUE(runUntil([this] { return knows("b"); }));
    EXPECT_FALSE(knows("a")) << "the issuer withdrew it";
}

TEST_F(JwksSourceTest, AFetchThatFailsKeepsTheKeysAndIsLogged)
{
    m_server.setDocument(setWith("a"));
    start(10ms);
    EXPECT_TRUE(runUntil([this] { return knows("a"); }));
    for (const auto &[document, says] :
         {std::pair{std::string("no set"), "no JSON Web Key Set"},
          std::pair{std::string(R"({"keys":[]})"), "holds no key"},
          std::pair{nlohmann::json{{"keys", {samples::drawnJwk(JwtAlgorithm::EdDSA)}}}.dump(), "private part"}}) {
        m_server.setDocument(document);
        EXPECT_TRUE(runUntil([&] { return m_lines.str().find(says) != std::string::npos; })) << says;
    }
    m_server.answer = "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n";
    EXPECT_TRUE(runUntil([&] { return m_lines.str().find("status 500") != std::string::npos; }));
    EXPECT_TRUE(knows("a"));
    EXPECT_THAT(m_lines.str(), HasSubstr("jwks_fetch_failed"));
    EXPECT_THAT(m_lines.str(), HasSubstr("keys_kept=1"));
}

TEST_F(JwksSourceTest, KeysThatCannotBeUsedAreToldAndLeftOut)
{
    auto keys = nlohmann::json::parse(setWith("a"));
    keys["keys"].push_back(samples::drawnJwk(JwtAlgorithm::ES256, "leaked"));
    m_server.setDocument(keys.dump());
    start();
    EXPECT_TRUE(runUntil([this] { return knows("a"); }));
    EXPECT_THAT(m_lines.str(), HasSubstr("jwks_key_skipped"));
    EXPECT_THAT(m_lines.str(), HasSubstr("key 2: its private part"));
    EXPECT_THAT(m_lines.str(), Not(HasSubstr(samples::drawnJwk(JwtAlgorithm::ES256)["d"].get<std::string>())));
}

TEST_F(JwksSourceTest, WhoNeedsTheFirstKeysWaitsForThem)
{
    m_server.setDocument(setWith("a"));
    start();
    EXPECT_TRUE(support::runTask(m_io, refreshed()));
    EXPECT_TRUE(knows("a"));
    EXPECT_EQ(m_server.requests.size(), 1U);
}

TEST_F(JwksSourceTest, ManyWaitForOneFetch)
{
    m_server.setDocument(setWith("a"));
    start();
    std::size_t judged = 0;
    std::size_t turnedAway = 0;
    for (std::size_t i = 0; i < wire::kMaxJwksWaiters + 10; ++i)
        relay::asio::co_spawn(m_io, refreshed(),
                              [&](const std::exception_ptr &, bool keys) { ++(keys ? judged : turnedAway); });
    EXPECT_TRUE(runUntil([&] { return judged == wire::kMaxJwksWaiters; }));
    EXPECT_EQ(turnedAway, 10U);
    EXPECT_EQ(m_server.requests.size(), 1U);
}

TEST_F(JwksSourceTest, MadeUpIdsCauseNoFlood)
{
    m_server.setDocument(setWith("a"));
    start();
    EXPECT_TRUE(runUntil([this] { return knows("a"); }));
    for (int i = 0; i < 100; ++i)
        EXPECT_TRUE(support::runTask(m_io, refreshed())); // at once: the last fetch is not old enough
    EXPECT_EQ(m_server.requests.size(), 1U);
}

TEST_F(JwksSourceTest, WithoutAnyKeysNobodyIsJudged)
{
    m_server.setDocument("no keys");
    start();
    EXPECT_FALSE(support::runTask(m_io, refreshed()));
    EXPECT_FALSE(support::runTask(m_io, refreshed())) << "at once";
    EXPECT_EQ(m_server.requests.size(), 1U);
}

} // namespace
