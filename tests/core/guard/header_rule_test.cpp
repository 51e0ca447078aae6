#include "guard/header_rule.h"

#include <gtest/gtest.h>

namespace {

TEST(HeaderRule, SetsAndRemoves)
{
    wire::HeaderList headers{{"Cookie", "a=1"}, {"X-Env", "live"}, {"x-env", "two"}, {"Accept", "*/*"}};
    const std::vector<wire::Header> set{*guard::parseSetHeader("X-Env:  staging "), *guard::parseSetHeader("X-New: 1")};
    const std::vector<std::string> remove{*guard::parseRemoveHeader("cookie")};
    guard::applyHeaderRules(headers, set, remove);
    EXPECT_EQ(headers, (wire::HeaderList{{"X-Env", "staging"}, {"Accept", "*/*"}, {"X-New", "1"}}));
}

TEST(HeaderRule, AnEmptyValueIsAValue)
{
    EXPECT_EQ(guard::parseSetHeader("X-Empty:")->value, "");
}

TEST(HeaderRule, RefusesFraming)
{
    for (const char *name : {"Host", "host", "Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "TE",
                             "Trailer", "Keep-Alive", "Proxy-Connection", "Expect"}) {
        EXPECT_FALSE(guard::parseSetHeader(std::string(name) + ": x")) << name;
        EXPECT_FALSE(guard::parseRemoveHeader(name)) << name;
    }
}

TEST(HeaderRule, RefusesWhatSplitsAMessage)
{
    for (const char *text :
         {"", "X-Env", ": x", "X Env: x", "X-Env\r\n: x", "X-Env: a\r\nHost: b", "X-Env: a\nb", "X-Env: a\x01"})
        EXPECT_FALSE(guard::parseSetHeader(text)) << text;
    for (const char *text : {"", "X Env", "X-Env:", "X-Env\n"})
        EXPECT_FALSE(guard::parseRemoveHeader(text)) << text;
    EXPECT_FALSE(guard::parseSetHeader("X: " + std::string(5000, 'a')));
}

} // namespace
