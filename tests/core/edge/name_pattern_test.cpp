#include "edge/name_pattern.h"
#include "wire/limits.h"

#include <gtest/gtest.h>

namespace {

using edge::matchesName;

TEST(NamePattern, IsOfNamesCharactersAndStars)
{
    for (const auto *good : {"shop", "a", "*", "alice-*", "*-preview", "a*b*c", "**", "-"})
        EXPECT_TRUE(edge::isNamePattern(good)) << good;
    for (const auto *bad : {"", "Shop", "sh op", "shop.a", "a_b", "?", "[a]", "\xc3\xbc"})
        EXPECT_FALSE(edge::isNamePattern(bad)) << bad;
    EXPECT_TRUE(edge::isNamePattern(std::string(wire::kMaxNameLength, 'a')));
    EXPECT_FALSE(edge::isNamePattern(std::string(wire::kMaxNameLength + 1, 'a')));
}

struct Case {
    const char *pattern;
    const char *name;
    bool matches;
};

TEST(NamePattern, MatchesTheWholeName)
{
    const Case table[] = {
        {"shop", "shop", true},
        {"shop", "shops", false},
        {"shop", "sho", false},
        {"*", "anything", true},
        {"*", "", true},
        {"", "", true},
        {"", "a", false},
        {"alice-*", "alice-", true},
        {"alice-*", "alice-1", true},
        {"alice-*", "alice", false},
        {"alice-*", "malice-1", false},
        {"*-preview", "x-preview", true},
        {"*-preview", "x-previews", false},
        {"a*b*c", "abc", true},
        {"a*b*c", "axxbxxc", true},
        {"a*b*c", "axxcxxb", false},
        {"a*b", "aab", true},
        {"a*ab", "aaab", true},
        {"*a*", "bab", true},
        {"*ab*ab", "abab", true},
        {"*ab*ab", "ab", false},
        {"**", "x", true},
        {"a**b", "ab", true},
    };
    for (const auto &[pattern, name, matches] : table)
        EXPECT_EQ(matchesName(pattern, name), matches) << pattern << " " << name;
}

TEST(NamePattern, ManyStarsTakeNoLongTime)
{
    const auto pattern = std::string("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b");
    EXPECT_FALSE(matchesName(pattern, std::string(wire::kMaxNameLength, 'a')));
}

TEST(NamePattern, GivesANameToWhoeverAsksForNone)
{
    EXPECT_EQ(edge::nameFromPattern("shop", "drawn"), "shop");
    EXPECT_EQ(edge::nameFromPattern("alice-*", "drawn"), "alice-drawn");
    EXPECT_EQ(edge::nameFromPattern("*", "drawn"), "drawn");
    EXPECT_EQ(edge::nameFromPattern("*-a*", "drawn"), "drawn-a");
    EXPECT_FALSE(edge::nameFromPattern("-*", "drawn"));
    EXPECT_FALSE(edge::nameFromPattern(std::string(60, 'a') + "*", "drawn"));
}

} // namespace
