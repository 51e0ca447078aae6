#include "backend-aws/functions/memory_world.h"
#include "edge/jwt_claims.h"
#include "wire/ids.h"
#include "wire/limits.h"

#include <gmock/gmock.h>

namespace {

using support::readyFor;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using wire::Code;

class LinkMessagesTest : public testing::Test {
protected:
    void say(const std::string &link, const wire::Message &message, const std::string &owner = {},
             const std::string &claims = {})
    {
        m_messages.handle(m_world.message(link, message, owner, claims), m_world.deadline(), m_world.live);
    }
    wire::Error errorTo(const std::string &link)
    {
        return std::get<wire::ErrorMessage>(m_world.sender.last(link)).error;
    }

    support::MemoryWorld m_world;
    functions::LinkMessages m_messages{m_world.world, m_world.socketPorts()};
    const std::string m_id = wire::drawRequestId();
};

TEST_F(LinkMessagesTest, ReadyIsAnsweredWithUrlsAndLimits)
{
    say("link", readyFor("shop"));
    const auto welcome = std::get<wire::ConnectionEstablished>(m_world.sender.last("link"));
    EXPECT_EQ(welcome.connectionId, "link");
    EXPECT_EQ(welcome.tunnelId, "shop");
    EXPECT_EQ(welcome.publicUrl, "https://shop.tunnel.example.com/");
    EXPECT_EQ(welcome.pathBasedUrl, "https://tunnel.example.com/shop/");
    EXPECT_EQ(welcome.limits.maxBodyBytes, wire::kLambdaBodyBytes);
    EXPECT_EQ(welcome.limits.maxMessageBytes, wire::kV1MaxMessageBytes);
    EXPECT_EQ(welcome.limits.requestTimeoutMs, 25'000U);
    EXPECT_EQ(welcome.limits.heartbeatMs, 300'000U);
    EXPECT_EQ(welcome.rewrite, "full");
    EXPECT_THAT(m_world.names.rows["shop"].links, ElementsAre("link"));
    EXPECT_EQ(m_world.links.rows["link"].link.ends, m_world.clock.now + wire::kGatewayLinkLife);
}

TEST_F(LinkMessagesTest, RefusalIsToldAndTheLinkClosed)
{
    say("a", readyFor("shop", "s1"));
    say("b", readyFor("shop", "s2"));
    EXPECT_EQ(errorTo("b").code, Code::NameTaken);
    EXPECT_THAT(m_world.sender.closed, ElementsAre("b"));
    EXPECT_FALSE(m_world.links.rows.contains("b"));
}

TEST_F(LinkMessagesTest, NewerConnectionOfASessionReplacesTheOld)
{
    say("a", readyFor("shop"));
    say("b", readyFor("shop"));
    EXPECT_THAT(m_world.names.rows["shop"].links, ElementsAre("b"));
    EXPECT_EQ(errorTo("a").code, Code::ConnectionLost);
    EXPECT_THAT(m_world.sender.closed, ElementsAre("a"));
}

TEST_F(LinkMessagesTest, LinkThatIsGoneBeforeItHearsItsNameLeavesNothing)
{
    m_world.sender.gone = {"link"};
    say("link", readyFor("shop"));
    EXPECT_THAT(m_world.links.rows, IsEmpty());
    EXPECT_THAT(m_world.names.rows["shop"].links, IsEmpty());
}

TEST_F(LinkMessagesTest, HolderOfANameThatIsGoneIsNotWaitedFor)
{
    m_world.live.settings.security.requireAuthentication = true;
    edge::JwtClaims claims;
    claims.subject = "alice";
    const auto text = edge::jwtPayload(claims).dump();
    say("a", readyFor("shop", "s1"), "jwt:alice", text);
    say("b", readyFor("shop", "s2"), "jwt:alice", text);
    EXPECT_EQ(errorTo("b").code, Code::NameTaken);
    EXPECT_TRUE(std::holds_alternative<wire::Ping>(m_world.sender.last("a"))); // it was asked
    m_world.sender.gone = {"a"};
    say("c", readyFor("shop", "s3"), "jwt:alice", text);
    EXPECT_THAT(m_world.names.rows["shop"].links, ElementsAre("c"));
    EXPECT_FALSE(m_world.links.rows.contains("a"));
}

TEST_F(LinkMessagesTest, PingIsAnswered)
{
    say("link", wire::Ping{});
    EXPECT_TRUE(std::holds_alternative<wire::Pong>(m_world.sender.last("link")));
}

TEST_F(LinkMessagesTest, TokenThatEndedEndsTheLink)
{
    m_world.live.settings.security.requireAuthentication = true;
    edge::JwtClaims claims;
    claims.subject = "alice";
    claims.expires = std::chrono::floor<std::chrono::seconds>(m_world.clock.now) + std::chrono::minutes(10);
    const auto text = edge::jwtPayload(claims).dump();
    say("link", wire::Ping{}, "jwt:alice", text);
    EXPECT_TRUE(std::holds_alternative<wire::Pong>(m_world.sender.last("link")));
    m_world.clock.now += std::chrono::minutes(12);
    say("link", wire::Ping{}, "jwt:alice", text);
    EXPECT_EQ(errorTo("link").code, Code::Unauthorized);
    EXPECT_THAT(m_world.sender.closed, ElementsAre("link"));
}

TEST_F(LinkMessagesTest, WithoutATokenNothingWorksWhereOneIsAskedFor)
{
    m_world.live.settings.security.requireAuthentication = true;
    say("link", readyFor("shop"));
    EXPECT_EQ(errorTo("link").code, Code::Unauthorized);
    EXPECT_THAT(m_world.names.rows, IsEmpty());
}

TEST_F(LinkMessagesTest, DrainingTakesNoNewRequestsButAnswersGoOn)
{
    m_world.addTunnel("shop", {"a", "b"});
    say("a", wire::Draining{"moving"});
    EXPECT_THAT(m_world.names.rows["shop"].links, ElementsAre("b"));
    EXPECT_TRUE(m_world.links.rows.contains("a"));
    wire::HttpResponse response{.requestId = m_id, .statusCode = 200, .headers = {}, .body = {}, .replyTo = {}};
    response.replyTo = m_world.live.replyKeys.sign(m_world.replies.url, {m_id, "a"}, m_world.deadline());
    say("a", response);
    EXPECT_EQ(m_world.replies.queue.size(), 1U);
}

TEST_F(LinkMessagesTest, AnswersNeedTheirToken)
{
    wire::BodyChunk chunk{.requestId = m_id, .seq = 1, .body = "x", .more = false, .replyTo = {}};
    say("a", chunk);
    chunk.replyTo = m_world.live.replyKeys.sign(m_world.replies.url, {m_id, "b"}, m_world.deadline());
    say("a", chunk);
    EXPECT_THAT(m_world.replies.sentTo, IsEmpty());
    say("b", chunk);
    EXPECT_THAT(m_world.replies.sentTo, ElementsAre(m_world.replies.url));
    m_world.clock.now += std::chrono::minutes(5);
    say("b", chunk);
    EXPECT_EQ(m_world.replies.sentTo.size(), 1U);
}

TEST_F(LinkMessagesTest, QueuesGetAsciiOnly)
{
    wire::HttpResponse response{
        .requestId = m_id, .statusCode = 200, .headers = {{"X-A", "h\xc3\xa9\xef\xbf\xbf"}}, .body = {}, .replyTo = {}};
    response.replyTo = m_world.live.replyKeys.sign(m_world.replies.url, {m_id, "a"}, m_world.deadline());
    say("a", response);
    const auto text = m_world.replies.queue.front();
    EXPECT_TRUE(std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
    EXPECT_EQ(wire::decodeJson(text), wire::Message(response));
}

TEST_F(LinkMessagesTest, WhatIsNoMessageEndsTheLink)
{
    auto event = m_world.message("link", wire::Ping{});
    event.body = "hello";
    m_messages.handle(event, m_world.deadline(), m_world.live);
    EXPECT_EQ(errorTo("link").code, Code::ProtocolError);
    wire::ConnectionEstablished established;
    established.connectionId = established.tunnelId = established.publicUrl = "x";
    say("link2", established);
    EXPECT_EQ(errorTo("link2").code, Code::ProtocolError);
    EXPECT_THAT(m_world.sender.closed, ElementsAre("link", "link2"));
}

TEST_F(LinkMessagesTest, EndTellsWhoWaits)
{
    m_world.addTunnel("shop", {"a", "b"});
    m_world.links.rows["a"].waiters = {m_world.replies.url, "https://queue/of-nobody"};
    m_messages.ended("a", m_world.deadline());
    EXPECT_THAT(m_world.names.rows["shop"].links, ElementsAre("b"));
    EXPECT_FALSE(m_world.links.rows.contains("a"));
    EXPECT_THAT(m_world.replies.queue, ElementsAre(HasSubstr("link_gone")));
    m_messages.ended("a", m_world.deadline());
    EXPECT_EQ(m_world.replies.queue.size(), 1U);
}

TEST_F(LinkMessagesTest, OwnDetailStaysInTheLog)
{
    m_world.names.down = Code::InternalError;
    say("link", readyFor("shop"));
    EXPECT_THAT(errorTo("link").message, testing::Not(HasSubstr("scripted")));
    EXPECT_THAT(m_world.logText, HasSubstr("scripted"));
}

} // namespace
