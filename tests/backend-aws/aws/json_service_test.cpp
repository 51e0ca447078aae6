#include "aws/json_service.h"
#include "backend-aws/aws/scripted_service.h"

#include <gmock/gmock.h>

namespace {

using testing::StartsWith;

TEST(JsonService, NamesTheOperation)
{
    support::ScriptedService service;
    service.answer(200, R"({"a":1})");
    aws::JsonService client(service.caller(), aws::kSsmDialect, "/path");
    EXPECT_EQ(client.call("GetParameters", {{"Names", {"x"}}}, service.soon()).value(), nlohmann::json({{"a", 1}}));
    EXPECT_EQ(service.operation(), "AmazonSSM.GetParameters");
    EXPECT_EQ(service.requests[0].target, "/path");
    EXPECT_EQ(wire::findHeader(service.requests[0].headers, "Content-Type"), "application/x-amz-json-1.1");
    EXPECT_EQ(service.input(), nlohmann::json::parse(R"({"Names":["x"]})"));
}

TEST(JsonService, EmptyAndBrokenAnswers)
{
    support::ScriptedService service;
    aws::JsonService client(service.caller(), aws::kSqsDialect);
    service.answer(200, "");
    EXPECT_EQ(client.call("DeleteQueue", nlohmann::json::object(), service.soon()).value(), nlohmann::json::object());
    for (const auto *broken : {"<html>", "[]", "5"}) {
        service.answers.clear();
        service.answer(200, broken);
        const auto answer = client.call("DeleteQueue", nlohmann::json::object(), service.soon());
        EXPECT_THAT(answer.error().error.message, StartsWith("DeleteQueue: ")) << broken;
    }
}

} // namespace
