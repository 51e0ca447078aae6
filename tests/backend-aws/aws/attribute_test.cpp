#include "aws/attribute.h"

#include <gmock/gmock.h>

namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(AttributeValue, Writes)
{
    const json item{{"a", aws::textValue("x")},
                    {"b", aws::numberValue(-5)},
                    {"c", aws::flagValue(true)},
                    {"d", aws::textsValue({"p", "q"})}};
    EXPECT_EQ(item, json::parse(R"({"a":{"S":"x"},"b":{"N":"-5"},"c":{"BOOL":true},"d":{"SS":["p","q"]}})"));
    EXPECT_EQ(aws::textOf(item, "a"), "x");
    EXPECT_EQ(aws::numberOf(item, "b"), -5);
    EXPECT_TRUE(aws::flagOf(item, "c"));
    EXPECT_THAT(aws::textsOf(item, "d"), ElementsAre("p", "q"));
    EXPECT_EQ(aws::textsValue({"one"}), json::parse(R"({"SS":["one"]})"));
}

TEST(AttributeValue, AbsentAndOfAnotherType)
{
    const auto item = json::parse(R"({"a":{"N":"x"},"b":{"S":5},"c":"text","d":{"SS":"x"},"e":{"NULL":true}})");
    for (const auto *name : {"a", "b", "c", "d", "e", "f"}) {
        EXPECT_EQ(aws::textOf(item, name), "");
        EXPECT_EQ(aws::numberOf(item, name), std::nullopt);
        EXPECT_FALSE(aws::flagOf(item, name));
        EXPECT_THAT(aws::textsOf(item, name), IsEmpty());
    }
    EXPECT_EQ(aws::textOf(json(nullptr), "a"), "");
}

} // namespace
