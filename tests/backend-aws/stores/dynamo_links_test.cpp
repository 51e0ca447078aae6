#include "backend-aws/aws/scripted_service.h"
#include "stores/dynamo_links.h"
#include "wire/limits.h"

#include <gmock/gmock.h>

namespace {

using gateway::Time;
using nlohmann::json;
using testing::ElementsAre;
using wire::Code;

constexpr auto kFailed = R"({"__type":"x#ConditionalCheckFailedException"})";

class DynamoLinksTest : public testing::Test {
protected:
    support::ScriptedService m_service;
    aws::Dynamo m_dynamo{aws::JsonService(m_service.caller(), aws::kDynamoDialect)};
    stores::DynamoLinks m_links{m_dynamo, "connections", "rate_limits"};
    const gateway::Link m_link{"c=", "shop", Time(std::chrono::seconds(7200))};
};

TEST_F(DynamoLinksTest, CountsAndAdds)
{
    m_service.answer(200, "{}");
    EXPECT_EQ(m_links.add(m_link, 10, m_service.soon()), true);
    EXPECT_EQ(m_service.input(0)["TableName"], "rate_limits");
    EXPECT_EQ(m_service.input(0)["Key"], json::parse(R"({"tunnelId":{"S":"#links"},"minute":{"N":"0"}})"));
    EXPECT_EQ(m_service.input(0)["ExpressionAttributeValues"],
              json::parse(R"({":change":{"N":"1"},":room":{"N":"9"}})"));
    EXPECT_EQ(m_service.input(1)["Item"],
              json::parse(R"({"connectionId":{"S":"c="},"tunnelId":{"S":"shop"},"ttl":{"N":"7200"}})"));
    EXPECT_EQ(m_service.input(1)["ConditionExpression"], "attribute_not_exists(#i)");
}

TEST_F(DynamoLinksTest, ReadyAgainIsNoOtherLink)
{
    m_service.answer(200, "{}");
    m_service.answer(400, kFailed);
    m_service.answer(200, "{}");
    m_service.answer(200, R"({"Item":{"tunnelId":{"S":"shop"}}})");
    EXPECT_EQ(m_links.add(m_link, 10, m_service.soon()), true);
    EXPECT_EQ(m_service.input(2)["ExpressionAttributeValues"][":change"], json::parse(R"({"N":"-1"})"));
    EXPECT_EQ(m_service.operation(3), "DynamoDB_20120810.GetItem");
}

TEST_F(DynamoLinksTest, RecountSaysWhatWasSeen)
{
    m_service.answer(200, "{}");
    EXPECT_TRUE(m_links.recount(7, m_service.soon()));
    EXPECT_EQ(m_service.input()["TableName"], "rate_limits");
    EXPECT_EQ(m_service.input()["Key"], json::parse(R"({"tunnelId":{"S":"#links"},"minute":{"N":"0"}})"));
    EXPECT_EQ(m_service.input()["UpdateExpression"], "SET #c = :n");
    EXPECT_EQ(m_service.input()["ExpressionAttributeValues"], json::parse(R"({":n":{"N":"7"}})"));
    EXPECT_FALSE(m_service.input().contains("ConditionExpression"));
}

TEST_F(DynamoLinksTest, FullAndDoubled)
{
    m_service.answer(400, kFailed);
    EXPECT_EQ(m_links.add(m_link, 10, m_service.soon()).error().code, Code::RateLimited);
    EXPECT_EQ(m_service.requests.size(), 1U);
    m_service.answers.clear();
    m_service.answer(200, "{}");
    m_service.answer(400, kFailed);
    m_service.answer(200, "{}");
    EXPECT_EQ(m_links.add(m_link, 10, m_service.soon()), false);
    EXPECT_EQ(m_service.input(3)["ExpressionAttributeValues"][":change"], json::parse(R"({"N":"-1"})"));
}

TEST_F(DynamoLinksTest, RemovesAndTellsWhoWaits)
{
    m_service.answer(200, R"({"Attributes":{"tunnelId":{"S":"shop"},"waiters":{"SS":["q1","q2"]}}})");
    m_service.answer(200, "{}");
    const auto removed = m_links.remove("c=", m_service.soon()).value().value();
    EXPECT_EQ(removed.tunnel, "shop");
    EXPECT_THAT(removed.waiters, ElementsAre("q1", "q2"));
    EXPECT_EQ(m_links.remove("c=", m_service.soon()).value(), std::nullopt);
    EXPECT_EQ(m_service.requests.size(), 3U); // what was not there is not counted
}

TEST_F(DynamoLinksTest, WaitersOfALinkThatIsThere)
{
    m_service.answer(200, "{}");
    EXPECT_EQ(m_links.addWaiter("c=", "q", m_service.soon()), true);
    EXPECT_EQ(m_service.input()["UpdateExpression"], "ADD #w :w");
    EXPECT_EQ(m_service.input()["ExpressionAttributeValues"][":w"], json::parse(R"({"SS":["q"]})"));
    m_service.answers.clear();
    m_service.answer(400, kFailed);
    m_service.answer(200, "{}"); // it has gone
    EXPECT_EQ(m_links.addWaiter("c=", "q", m_service.soon()), false);
    m_service.answers.clear();
    m_service.answer(400, kFailed);
    m_service.answer(200, R"({"Item":{"tunnelId":{"S":"shop"}}})"); // it has too many
    EXPECT_EQ(m_links.addWaiter("c=", "q", m_service.soon()), true);
}

TEST_F(DynamoLinksTest, PagesOfEndedOnes)
{
    m_service.answer(200, R"({"Items":[{"connectionId":{"S":"a"},"tunnelId":{"S":"t"},"ttl":{"N":"5"}}],
                              "Count":1,"ScannedCount":3,"LastEvaluatedKey":{"connectionId":{"S":"a"}}})");
    const auto page = m_links.ended(Time(std::chrono::seconds(9)), "", m_service.soon()).value();
    EXPECT_EQ(page.next, "a");
    EXPECT_EQ(page.seen, 3);
    EXPECT_EQ(page.links.at(0).tunnel, "t");
    EXPECT_EQ(m_service.input()["FilterExpression"], "#t < :now");
    EXPECT_TRUE(m_links.ended(Time(std::chrono::seconds(9)), "a", m_service.soon()));
    EXPECT_EQ(m_service.input(1)["ExclusiveStartKey"], json::parse(R"({"connectionId":{"S":"a"}})"));
}

TEST_F(DynamoLinksTest, TunnelOfALink)
{
    m_service.answer(200, R"({"Item":{"tunnelId":{"S":"shop"}}})");
    m_service.answer(200, "{}");
    EXPECT_EQ(m_links.tunnelOf("c=", m_service.soon()), "shop");
    EXPECT_EQ(m_links.tunnelOf("c=", m_service.soon()), "");
}

} // namespace
