#include "aws/attribute.h"
#include "aws/dynamo.h"
#include "backend-aws/aws/scripted_service.h"

#include <gmock/gmock.h>

namespace {

using nlohmann::json;

class DynamoTest : public testing::Test {
protected:
    support::ScriptedService m_service;
    aws::Dynamo m_dynamo{aws::JsonService(m_service.caller(), aws::kDynamoDialect)};
    const json m_key{{"name", aws::textValue("shop")}};
    const aws::Expression m_condition{"#v = :v", {{"#v", "version"}}, {{":v", aws::numberValue(3)}}};
    const json m_failed = json::parse(R"({"__type":"x#ConditionalCheckFailedException","message":"no"})");
};

TEST_F(DynamoTest, Get)
{
    m_service.answer(200, R"({"Item":{"name":{"S":"shop"}}})");
    m_service.answer(200, "{}");
    EXPECT_EQ(aws::textOf(m_dynamo.get("t", m_key, m_service.soon()).value().value(), "name"), "shop");
    EXPECT_EQ(m_service.operation(), "DynamoDB_20120810.GetItem");
    EXPECT_EQ(m_service.input(), json::parse(R"({"TableName":"t","Key":{"name":{"S":"shop"}},"ConsistentRead":true})"));
    EXPECT_EQ(m_dynamo.get("t", m_key, m_service.soon()).value(), std::nullopt);
}

TEST_F(DynamoTest, PutAndUpdateTellWhetherTheConditionHeld)
{
    m_service.answer(200, "{}");
    m_service.answer(400, m_failed.dump());
    EXPECT_EQ(m_dynamo.put("t", m_key, m_condition, m_service.soon()).value(), true);
    EXPECT_EQ(m_service.input(), json::parse(R"({"TableName":"t","Item":{"name":{"S":"shop"}},
        "ConditionExpression":"#v = :v","ExpressionAttributeNames":{"#v":"version"},
        "ExpressionAttributeValues":{":v":{"N":"3"}}})"));
    EXPECT_EQ(m_dynamo.update("t", m_key, "SET #v = :v", m_condition, m_service.soon()).value(), false);
    EXPECT_EQ(m_service.operation(1), "DynamoDB_20120810.UpdateItem");
    EXPECT_EQ(m_service.input(1)["UpdateExpression"], "SET #v = :v");
}

TEST_F(DynamoTest, RemoveGivesWhatWasThere)
{
    m_service.answer(200, R"({"Attributes":{"tunnelId":{"S":"shop"}}})");
    m_service.answer(200, "{}");
    m_service.answer(400, m_failed.dump());
    EXPECT_EQ(aws::textOf(m_dynamo.remove("t", m_key, {}, m_service.soon()).value().value(), "tunnelId"), "shop");
    EXPECT_EQ(m_service.input()["ReturnValues"], "ALL_OLD");
    EXPECT_EQ(m_dynamo.remove("t", m_key, {}, m_service.soon()).value(), std::nullopt);
    EXPECT_EQ(m_dynamo.remove("t", m_key, m_condition, m_service.soon()).value(), std::nullopt);
}

TEST_F(DynamoTest, Pages)
{
    m_service.answer(200, R"({"Items":[{"a":{"S":"1"}}],"LastEvaluatedKey":{"a":{"S":"1"}}})");
    m_service.answer(200, R"({"Items":[]})");
    const auto first = m_dynamo.scan("t", {}, nullptr, m_service.soon()).value();
    EXPECT_EQ(first.items.size(), 1U);
    EXPECT_FALSE(m_service.input().contains("ExclusiveStartKey"));
    const auto second = m_dynamo.query("t", "i", m_condition, first.next, m_service.soon()).value();
    EXPECT_TRUE(second.next.is_null());
    EXPECT_EQ(m_service.input(1)["ExclusiveStartKey"], first.next);
    EXPECT_EQ(m_service.input(1)["KeyConditionExpression"], "#v = :v");
    EXPECT_EQ(m_service.input(1)["IndexName"], "i");
}

TEST_F(DynamoTest, FailuresAreTold)
{
    m_service.answer(400, R"({"__type":"x#ResourceNotFoundException","message":"no table"})");
    EXPECT_EQ(m_dynamo.get("t", m_key, m_service.soon()).error().name, "ResourceNotFoundException");
    EXPECT_FALSE(m_dynamo.put("t", m_key, {}, m_service.soon()));
    EXPECT_FALSE(m_dynamo.remove("t", m_key, {}, m_service.soon()));
    EXPECT_FALSE(m_dynamo.scan("t", {}, nullptr, m_service.soon()));
}

} // namespace
