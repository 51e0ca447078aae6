#include "events/event_fields.h"

#include <gmock/gmock.h>

namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;
using wire::Header;

TEST(EventFields, AbsentNullAndOtherTypesAreEmpty)
{
    const auto event = json::parse(R"({"a":{"b":"x","n":5},"c":null,"d":[1]})");
    EXPECT_EQ(events::textAt(event, {"a", "b"}), "x");
    EXPECT_EQ(events::textAt(event, {"a", "n"}), "");
    EXPECT_EQ(events::textAt(event, {"c", "b"}), "");
    EXPECT_EQ(events::textAt(event, {"d", "b"}), "");
    EXPECT_EQ(events::numberAt(event, {"a", "n"}), 5);
    EXPECT_EQ(events::numberAt(event, {"a", "b"}), 0);
}

TEST(EventFields, HeadersWithOneValueAndWithMany)
{
    const auto event = json::parse(R"({"h":{"a":"1","b":["2","3"],"c":null,"d":[4]},"x":"no"})");
    EXPECT_THAT(events::headersAt(event, "h"), ElementsAre(Header{"a", "1"}, Header{"b", "2"}, Header{"b", "3"}));
    EXPECT_THAT(events::headersAt(event, "x"), IsEmpty());
    EXPECT_THAT(events::headersAt(event, "none"), IsEmpty());
}

TEST(EventFields, Bodies)
{
    EXPECT_EQ(events::bodyOf(json::parse(R"({"body":"AA=="})")), "AA==");
    EXPECT_EQ(events::bodyOf(json::parse(R"({"body":"AA==","isBase64Encoded":true})")), std::string(1, '\0'));
    EXPECT_EQ(events::bodyOf(json::parse(R"({"body":null,"isBase64Encoded":true})")), "");
    EXPECT_FALSE(events::bodyOf(json::parse(R"({"body":"A","isBase64Encoded":true})")));
}

} // namespace
