#include "backend-aws/functions/memory_world.h"
#include "wire/ids.h"
#include "wire/limits.h"

#include <gmock/gmock.h>

namespace {

using wire::Code;

// The ways of a whole request are in http_function_test.cpp; here is what decides whether another link may have it.
class TunnelRequestTest : public testing::Test {
protected:
    TunnelRequestTest() { m_world.addTunnel("shop", {"a"}); }

    functions::TunnelFailure run(std::size_t bodyBytes = 0)
    {
        functions::TunnelRequest request(m_world.world, {m_world.links, m_world.sender, m_world.replies, m_memory},
                                         m_world.live);
        wire::HttpRequest message;
        message.requestId = wire::drawRequestId();
        message.method = "GET";
        message.uri = "/";
        message.body = std::string(bodyBytes, 'x');
        const auto answer = request.run(message, "a", m_world.clock.now + std::chrono::seconds(5));
        return answer ? functions::TunnelFailure{} : answer.error();
    }

    support::MemoryWorld m_world;
    gateway::TunnelMemory m_memory;
};

TEST_F(TunnelRequestTest, GoneBeforeTheFirstMessage)
{
    m_world.sender.gone = {"a"};
    const auto failure = run();
    EXPECT_TRUE(failure.linkGone);
    EXPECT_FALSE(failure.sent);
}

TEST_F(TunnelRequestTest, GoneAsItsRowSays)
{
    m_world.links.rows.clear();
    const auto failure = run();
    EXPECT_TRUE(failure.linkGone);
    EXPECT_FALSE(failure.sent);
    EXPECT_TRUE(m_world.sender.sent.empty());
}

TEST_F(TunnelRequestTest, GoneInTheMiddle)
{
    m_world.sender.onPost = [this](const std::string &, const std::string &) { m_world.sender.gone = {"a"}; };
    const auto failure = run(300'000);
    EXPECT_TRUE(failure.linkGone);
    EXPECT_TRUE(failure.sent);
}

TEST_F(TunnelRequestTest, WhatWasSentInPartIsCancelled)
{
    m_world.sender.onPost = [this](const std::string &, const std::string &) {
        m_world.sender.downOnce = Code::RateLimited; // after the first of four
    };
    const auto failure = run(300'000);
    EXPECT_EQ(failure.error.code, Code::RateLimited);
    EXPECT_TRUE(failure.sent);
    EXPECT_EQ(m_world.sender.sent["a"].size(), 2U);
    EXPECT_TRUE(std::holds_alternative<wire::Cancel>(m_world.sender.last("a")));
}

TEST_F(TunnelRequestTest, NobodyKnowsWhetherItWasSent)
{
    m_world.sender.down = Code::InternalError;
    const auto failure = run();
    EXPECT_FALSE(failure.linkGone);
    EXPECT_TRUE(failure.sent);
}

TEST_F(TunnelRequestTest, WithoutNoticeOfTheEndNothingIsNoted)
{
    m_world.live.settings.features.failInFlight = false;
    EXPECT_EQ(run().error.code, Code::Timeout);
    EXPECT_EQ(m_world.links.waiterWrites, 0U);
}

} // namespace
