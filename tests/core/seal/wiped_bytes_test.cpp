#include "seal/wiped_bytes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

using seal::WipedBytes;

TEST(WipedBytes, HoldWhatTheyWereGiven)
{
    EXPECT_TRUE(WipedBytes().isEmpty());
    EXPECT_EQ(WipedBytes(std::string_view("pass\0word", 9)).view(), std::string_view("pass\0word", 9));
    EXPECT_EQ(WipedBytes(std::size_t{3}).view(), std::string_view("\0\0\0", 3));
}

TEST(WipedBytes, MoveWithoutACopy)
{
    WipedBytes first(std::string_view("short"));
    const char *where = first.view().data();
    WipedBytes second(std::move(first));
    EXPECT_EQ(second.view().data(), where);
    EXPECT_TRUE(first.isEmpty()); // NOLINT(bugprone-use-after-move): what is left is what is tested
    WipedBytes third(std::string_view("other"));
    third = std::move(second);
    EXPECT_EQ(third.view(), "short");
    EXPECT_EQ(third.view().data(), where);
}

TEST(WipedBytes, AreOverwritten)
{
    std::string text = "passphrase";
    seal::wipeBytes(text);
    EXPECT_EQ(text.size(), 10U);
    EXPECT_TRUE(std::ranges::all_of(text, [](char c) { return c == '\0'; }));
    WipedBytes bytes(std::string_view("passphrase"));
    bytes.wipe();
    EXPECT_TRUE(bytes.isEmpty());
}
