#include "backend-aws/aws/scripted_service.h"
#include "stores/dynamo_rates.h"

#include <gmock/gmock.h>

namespace {

using nlohmann::json;

TEST(DynamoRates, AddsUnderACondition)
{
    support::ScriptedService service;
    aws::Dynamo dynamo{aws::JsonService(service.caller(), aws::kDynamoDialect)};
    stores::DynamoRates rates(dynamo, "rate_limits");
    service.answer(200, "{}");
    service.answer(400, R"({"__type":"x#ConditionalCheckFailedException"})");
    EXPECT_EQ(rates.take("shop", 100, 10, 1000, service.soon()), true);
    EXPECT_EQ(service.input()["Key"], json::parse(R"({"tunnelId":{"S":"shop"},"minute":{"N":"100"}})"));
    EXPECT_EQ(service.input()["ExpressionAttributeValues"],
              json::parse(R"({":n":{"N":"10"},":room":{"N":"990"},":ttl":{"N":"6300"}})"));
    EXPECT_EQ(rates.take("shop", 100, 10, 1000, service.soon()), false);
    EXPECT_EQ(rates.take("shop", 100, 10, 5, service.soon()), false); // without asking
    EXPECT_EQ(service.requests.size(), 2U);
}

} // namespace
