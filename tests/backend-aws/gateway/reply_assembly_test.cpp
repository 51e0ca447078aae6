#include "gateway/reply_assembly.h"
#include "wire/ids.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

namespace {

using gateway::ReplyAssembly;
using wire::Code;

class ReplyAssemblyTest : public testing::Test {
protected:
    // The messages of a response with this body.
    std::vector<std::string> texts(const std::string &body)
    {
        wire::HttpResponse response;
        response.requestId = m_id;
        response.statusCode = 201;
        response.headers = {{"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}};
        response.body = body;
        std::vector<std::string> all;
        const auto messages = wire::chunkResponse(response).value();
        for (const auto &message : messages)
            all.push_back(wire::encodeJson(message));
        return all;
    }
    Code failure(const std::string &text)
    {
        const auto added = m_assembly.add(text);
        return added ? Code::Cancelled : added.error().code;
    }

    const std::string m_id = wire::drawRequestId();
    ReplyAssembly m_assembly{m_id, "link", 1'000'000};
};

TEST_F(ReplyAssemblyTest, OneMessage)
{
    EXPECT_EQ(m_assembly.add(texts("hello")[0]), true);
    ASSERT_TRUE(m_assembly.complete());
    const auto head = m_assembly.takeHead();
    EXPECT_EQ(head.status, 201U);
    EXPECT_EQ(head.headers.size(), 2U);
    EXPECT_EQ(m_assembly.takeBody(), "hello");
}

TEST_F(ReplyAssemblyTest, ManyInAnyOrderAndSomeTwice)
{
    std::string body(900'000, 'x');
    for (std::size_t i = 0; i < body.size(); ++i)
        body[i] = static_cast<char>(i * 7919 >> 5);
    auto all = texts(body);
    ASSERT_GT(all.size(), 8);
    all.push_back(all[3]);
    all.push_back(all[0]);
    std::mt19937 random(7);
    std::ranges::shuffle(all, random);
    for (const auto &text : all)
        EXPECT_EQ(m_assembly.add(text), true);
    ASSERT_TRUE(m_assembly.complete());
    EXPECT_EQ(m_assembly.takeBody(), body);
}

TEST_F(ReplyAssemblyTest, OthersArePassedOver)
{
    wire::HttpResponse late;
    late.requestId = wire::drawRequestId();
    late.statusCode = 200;
    EXPECT_EQ(m_assembly.add(wire::encodeJson(late)), false);
    EXPECT_EQ(m_assembly.add(wire::encodeJson(wire::ErrorMessage{late.requestId, {Code::Timeout, "x"}})), false);
    EXPECT_EQ(m_assembly.add(gateway::linkGoneText("other")), false);
    EXPECT_EQ(m_assembly.add("no JSON"), false);
    EXPECT_EQ(m_assembly.add(R"({"connection_id":5})"), false);
    EXPECT_EQ(m_assembly.add(R"({"connection_id":"link","type":true})"), false);
    EXPECT_EQ(m_assembly.add(R"({"connection_id":5,"type":"link_gone"})"), false);
    EXPECT_EQ(m_assembly.add(R"({"connection_id":"link","type":"pong"})"), false);
    EXPECT_FALSE(m_assembly.complete());
}

TEST_F(ReplyAssemblyTest, ClientsErrorsEndIt)
{
    EXPECT_EQ(failure(wire::encodeJson(wire::ErrorMessage{m_id, {Code::LocalServiceUnavailable, "refused"}})),
              Code::LocalServiceUnavailable);
    EXPECT_EQ(failure(wire::encodeJson(wire::ErrorMessage{m_id, {Code::HeadersTooLarge, "its own"}})),
              Code::InternalError);
}

TEST_F(ReplyAssemblyTest, LinksEndEndsIt)
{
    EXPECT_EQ(failure(gateway::linkGoneText("link")), Code::ConnectionLost);
    EXPECT_EQ(failure(gateway::linkGoneText("li\"nk")), Code::Cancelled);
}

TEST_F(ReplyAssemblyTest, BoundsTheBody)
{
    const auto all = texts(std::string(1'000'001, 'x'));
    Code last = Code::Cancelled;
    for (const auto &text : all)
        last = failure(text);
    EXPECT_EQ(last, Code::PayloadTooLarge);
    EXPECT_FALSE(m_assembly.complete());
}

} // namespace
