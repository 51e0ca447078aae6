#include "wire/text.h"

#include <gtest/gtest.h>

namespace {

using wire::cutText;

TEST(CutText, KeepsWhatFits)
{
    EXPECT_EQ(cutText("", 0), "");
    EXPECT_EQ(cutText("abc", 3), "abc");
    EXPECT_EQ(cutText("abc", 2), "ab");
    EXPECT_EQ(cutText("abc", 0), "");
}

TEST(CutText, KeepsCharactersWhole)
{
    EXPECT_EQ(cutText("a\xc3\xa9z", 2), "a");
    EXPECT_EQ(cutText("a\xc3\xa9z", 3), "a\xc3\xa9");
    EXPECT_EQ(cutText("\xf0\x9f\x98\x80", 3), "");
    EXPECT_EQ(cutText("x\xf0\x9f\x98\x80y", 4), "x");
    EXPECT_EQ(cutText("x\xf0\x9f\x98\x80y", 5), "x\xf0\x9f\x98\x80");
}

TEST(CutText, CutsAnywhereWhatIsNotUtf8)
{
    EXPECT_EQ(cutText("\x80\x80\x80\x80\x80\x80", 5), "\x80\x80\x80\x80\x80");
}

} // namespace
