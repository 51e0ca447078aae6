#include "aws/parameters.h"
#include "backend-aws/aws/scripted_service.h"

#include <gmock/gmock.h>

namespace {

using testing::HasSubstr;

TEST(Parameters, ByName)
{
    support::ScriptedService service;
    aws::Parameters parameters{aws::JsonService(service.caller(), aws::kSsmDialect)};
    service.answer(200, R"({"Parameters":[{"Name":"/a","Value":"1"}],"InvalidParameters":["/b"]})");
    EXPECT_EQ(parameters.get({"/a"}, service.soon()).value().at("/a"), "1");
    EXPECT_EQ(service.input(), nlohmann::json::parse(R"({"Names":["/a"],"WithDecryption":true})"));
    EXPECT_THAT(parameters.get({"/a", "/b"}, service.soon()).error().error.message, HasSubstr("no parameter /b"));
}

} // namespace
