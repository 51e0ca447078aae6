#include "wire/json_reader.h"
#include "wire/limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using nlohmann::json;
using testing::ElementsAre;
using wire::Header;
using wire::JsonReader;
using wire::parseJsonObject;

std::string nested(std::size_t depth)
{
    return R"({"a":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
}

TEST(ParseJsonObject, TakesObjectsOnly)
{
    EXPECT_TRUE(parseJsonObject(R"({"a":[{"b":1},{"b":2}],"c":{"a":null}})"));
    EXPECT_TRUE(parseJsonObject(" {} "));
    for (const auto *bad : {"",
                            " ",
                            "[]",
                            "1",
                            "\"x\"",
                            "null",
                            "{",
                            "{}}",
                            "{}{}",
                            "{\"a\"}",
                            "{\"a\":}",
                            "{a:1}",
                            "{\"a\":1,}",
                            "{\"a\":1e999}",
                            "{\"a\":NaN}",
                            "{\"a\":\"\n\"}",
                            "{\"a\":\"\xff\"}",
                            "{\"a\":\"\\ud800\"}",
                            "{\"a\":01}",
                            "{'a':1}",
                            "{}//x"})
        EXPECT_FALSE(parseJsonObject(bad)) << bad;
}

TEST(ParseJsonObject, RefusesKeysTwice)
{
    for (const auto *bad : {R"({"a":1,"a":1})", R"({"b":[{"a":1,"c":{},"a":2}]})", R"({"a":{"x":1},"\u0061":2})"})
        EXPECT_EQ(parseJsonObject(bad).error().message, "json: a key twice") << bad;
}

TEST(ParseJsonObject, BoundsNesting)
{
    EXPECT_TRUE(parseJsonObject(nested(wire::kMaxNesting)));
    EXPECT_EQ(parseJsonObject(nested(wire::kMaxNesting + 1)).error().message, "json: nested too deeply");
    EXPECT_FALSE(parseJsonObject(nested(60'000)));
    EXPECT_FALSE(parseJsonObject(std::string(100'000, '[')));
    std::string objects;
    for (int i = 0; i < 20'000; ++i)
        objects += R"({"a":)";
    EXPECT_FALSE(parseJsonObject(objects));
}

const json kObject = json::parse(R"({
    "word": "w", "sentence": "two\nlines", "empty": "", "nil": null, "control": "a\u0000b",
    "id": "req_01234567-89ab-4cde-8f01-23456789abcd", "bytes": "AP8=", "number": 7, "negative": -7, "real": 7.0,
    "flag": true, "object": {"inner": "i"}, "headers": {"b": ["1", "2"], "a": ["", "3"], "none": []},
    "notList": {"a": "1"}, "notStrings": {"a": ["1", 2]}})");

TEST(JsonReader, ReadsEveryType)
{
    JsonReader in(kObject);
    EXPECT_EQ(in.word("word"), "w");
    EXPECT_EQ(in.word("empty"), "");
    EXPECT_EQ(in.sentence("sentence"), "two\nlines");
    EXPECT_EQ(in.requestId("id"), "req_01234567-89ab-4cde-8f01-23456789abcd");
    EXPECT_EQ(in.optionalBytes("bytes"), std::string("\0\xff", 2));
    EXPECT_EQ(in.number("number", 7), 7U);
    EXPECT_TRUE(in.optionalFlag("flag"));
    EXPECT_EQ(in.optionalObject("object").word("inner"), "i");
    EXPECT_EQ(in.optionalReplyTo("word"), "w");
    EXPECT_THAT(in.headers("headers"),
                ElementsAre(Header{"a", ""}, Header{"a", "3"}, Header{"b", "1"}, Header{"b", "2"}));
    EXPECT_TRUE(in.finish("test"));
}

TEST(JsonReader, AbsentAndNullAreTheSame)
{
    for (const auto *key : {"absent", "nil"}) {
        JsonReader in(kObject);
        EXPECT_EQ(in.optionalWord(key), "");
        EXPECT_EQ(in.optionalSentence(key), "");
        EXPECT_EQ(in.optionalRequestId(key), "");
        EXPECT_EQ(in.optionalReplyTo(key), "");
        EXPECT_EQ(in.optionalBytes(key), "");
        EXPECT_EQ(in.optionalNumber(key), 0U);
        EXPECT_FALSE(in.optionalFlag(key));
        EXPECT_EQ(in.optionalObject(key).optionalWord("inner"), "");
        EXPECT_TRUE(in.finish("test"));
    }
}

template <class Read>
std::string problemOf(Read read)
{
    JsonReader in(kObject);
    static_cast<void>(read(in));
    const auto verdict = in.finish("t");
    return verdict ? "" : verdict.error().message;
}

TEST(JsonReader, SaysWhatIsWrong)
{
    EXPECT_EQ(problemOf([](auto &in) { return in.word("absent"); }), "t: absent is missing");
    EXPECT_EQ(problemOf([](auto &in) { return in.sentence("nil"); }), "t: nil is missing");
    EXPECT_EQ(problemOf([](auto &in) { return in.number("absent", 1); }), "t: absent is missing");
    EXPECT_EQ(problemOf([](auto &in) { return in.headers("absent"); }), "t: absent is missing");
    EXPECT_EQ(problemOf([](auto &in) { return in.requestId("empty"); }), "t: empty is missing");
    EXPECT_EQ(problemOf([](auto &in) { return in.requestId("word"); }), "t: word is not a request id");
    EXPECT_EQ(problemOf([](auto &in) { return in.optionalRequestId("word"); }), "t: word is not a request id");
    EXPECT_EQ(problemOf([](auto &in) { return in.word("number"); }), "t: number is not a string");
    EXPECT_EQ(problemOf([](auto &in) { return in.word("control"); }), "t: control has a control character");
    EXPECT_NE(problemOf([](auto &in) { return in.optionalBytes("id"); }), "");
    EXPECT_NE(problemOf([](auto &in) { return in.number("number", 6); }), "");
    EXPECT_NE(problemOf([](auto &in) { return in.number("negative", 9); }), "");
    EXPECT_NE(problemOf([](auto &in) { return in.number("real", 9); }), "");
    EXPECT_NE(problemOf([](auto &in) { return in.number("word", 9); }), "");
    EXPECT_NE(problemOf([](auto &in) { return in.optionalFlag("number"); }), "");
    EXPECT_NE(problemOf([](auto &in) { return in.headers("word"); }), "");
    EXPECT_NE(problemOf([](auto &in) { return in.headers("notList"); }), "");
    EXPECT_NE(problemOf([](auto &in) { return in.headers("notStrings"); }), "");
}

TEST(JsonReader, InnerFailuresAreAdopted)
{
    JsonReader in(kObject);
    auto inner = in.optionalObject("word");
    EXPECT_EQ(inner.optionalWord("inner"), "");
    EXPECT_TRUE(in.finish("t"));
    in.adopt(inner);
    EXPECT_EQ(in.finish("t").error().message, "t: not an object");
}

TEST(JsonReader, LongTextsAreCutOrRefused)
{
    const json object{{"long", std::string(wire::kV1MaxReplyToBytes + 1, 'x')}};
    JsonReader in(object);
    EXPECT_EQ(in.sentence("long").size(), wire::kMaxErrorTextBytes);
    EXPECT_TRUE(in.finish("t"));
    static_cast<void>(in.optionalReplyTo("long"));
    EXPECT_FALSE(in.finish("t"));
}

} // namespace
