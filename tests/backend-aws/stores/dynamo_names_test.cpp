#include "backend-aws/aws/scripted_service.h"
#include "stores/dynamo_names.h"

#include <gmock/gmock.h>

namespace {

using gateway::Time;
using nlohmann::json;

class DynamoNamesTest : public testing::Test {
protected:
    support::ScriptedService m_service;
    aws::Dynamo m_dynamo{aws::JsonService(m_service.caller(), aws::kDynamoDialect)};
    stores::DynamoNames m_names{m_dynamo, "reservations"};
    gateway::Reservation m_shop{.name = "shop",
                                .owner = "jwt:alice",
                                .session = "s",
                                .links = {"a", "b"},
                                .drawn = false,
                                .lostAt = Time(std::chrono::milliseconds(1)),
                                .usedAt = Time(std::chrono::milliseconds(2)),
                                .ends = Time(std::chrono::seconds(1000)),
                                .maxBody = 5,
                                .requestsPerMinute = 6,
                                .version = 3};
};

TEST_F(DynamoNamesTest, WritesAndReadsTheSame)
{
    m_service.answer(200, "{}");
    EXPECT_EQ(m_names.save(m_shop, m_service.soon()), true);
    const auto input = m_service.input();
    EXPECT_EQ(input["ConditionExpression"], "#v = :v");
    EXPECT_EQ(input["ExpressionAttributeValues"], json::parse(R"({":v":{"N":"3"}})"));
    EXPECT_EQ(input["Item"]["version"], json::parse(R"({"N":"4"})"));
    EXPECT_EQ(input["Item"]["state"], json::parse(R"({"S":"online"})"));
    m_service.answers.clear();
    m_service.answer(200, json{{"Item", input["Item"]}}.dump());
    auto expected = m_shop;
    expected.version = 4;
    EXPECT_EQ(m_names.load("shop", m_service.soon()).value(), expected);
    EXPECT_EQ(m_service.input(1)["ConsistentRead"], true);
}

TEST_F(DynamoNamesTest, NewOnesMustNotBeThere)
{
    m_service.answer(400, R"({"__type":"x#ConditionalCheckFailedException"})");
    m_shop.version = 0;
    m_shop.owner.clear();
    m_shop.links.clear();
    EXPECT_EQ(m_names.save(m_shop, m_service.soon()), false);
    EXPECT_EQ(m_service.input()["ConditionExpression"], "attribute_not_exists(#n)");
    EXPECT_FALSE(m_service.input().contains("ExpressionAttributeValues"));
    EXPECT_FALSE(m_service.input()["Item"].contains("owner")); // the index takes no empty key
    EXPECT_FALSE(m_service.input()["Item"].contains("links")); // there are no empty sets
}

TEST_F(DynamoNamesTest, AllOfAnOwner)
{
    m_service.answer(200, R"({"Items":[{"name":{"S":"a"}}],"LastEvaluatedKey":{"name":{"S":"a"}}})");
    m_service.answer(200, R"({"Items":[{"name":{"S":"b"}}]})");
    const auto owned = m_names.ofOwner("jwt:alice", m_service.soon()).value();
    EXPECT_EQ(owned.size(), 2U);
    EXPECT_EQ(m_service.input()["IndexName"], "owner-index");
    EXPECT_EQ(m_service.input()["ExpressionAttributeValues"], json::parse(R"({":o":{"S":"jwt:alice"}})"));
    EXPECT_FALSE(m_service.input(1)["ExclusiveStartKey"].is_null());
}

TEST_F(DynamoNamesTest, RemovesWhatNobodyChanged)
{
    m_service.answer(200, R"({"Attributes":{"name":{"S":"shop"}}})");
    EXPECT_EQ(m_names.remove(m_shop, m_service.soon()), true);
    EXPECT_EQ(m_service.input()["ConditionExpression"], "#v = :v");
}

TEST_F(DynamoNamesTest, FailuresDoNotLookLikeTheTunnels)
{
    m_service.fail(wire::Code::LocalServiceUnavailable);
    EXPECT_EQ(m_names.load("shop", m_service.soon()).error().code, wire::Code::InternalError);
    m_service.answers.clear();
    m_service.answer(400, R"({"__type":"x#ThrottlingException"})");
    EXPECT_EQ(m_names.load("shop", m_service.soon()).error().code, wire::Code::RateLimited);
}

} // namespace
