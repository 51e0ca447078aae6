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

TEST(Utf8, TakesWhatIs)
{
    for (const auto *good : {"", "a", "a\tb", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
                             "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "x\xf0\x9f\x98\x80y"})
        EXPECT_TRUE(wire::isUtf8(good)) << good;
    EXPECT_TRUE(wire::isUtf8(std::string_view("\0", 1)));
}

TEST(Utf8, RefusesWhatIsNot)
{
    const std::pair<const char *, const char *> table[] = {
        {"a lone continuation", "a\x80"},
        {"cut after one byte", "a\xc3"},
        {"cut after two of three", "\xe2\x82"},
        {"cut after three of four", "\xf0\x9f\x98"},
        {"continued by ASCII", "\xc3z"},
        {"third byte is ASCII", "\xe2\x82z"},
        {"overlong slash", "\xc0\xaf"},
        {"overlong slash of three bytes", "\xe0\x80\xaf"},
        {"overlong of four bytes", "\xf0\x80\x80\xaf"},
        {"overlong NUL", "\xc0\x80"},
        {"a surrogate", "\xed\xa0\x80"},
        {"above U+10FFFF", "\xf4\x90\x80\x80"},
        {"five bytes", "\xf8\x88\x80\x80\x80"},
        {"0xFF", "\xff"},
        {"Latin-1", "caf\xe9"},
        {"fourth byte is ASCII", "\xf0\x9f\x98z"},
    };
    for (const auto &[what, bytes] : table)
        EXPECT_FALSE(wire::isUtf8(bytes)) << what;
}

} // namespace
