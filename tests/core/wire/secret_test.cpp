#include "wire/secret.h"

#include <gtest/gtest.h>

#include <concepts>
#include <sstream>
#include <utility>

namespace {

using wire::Secret;

template <class T>
concept Prints = requires(std::ostream &out, const T &value) { out << value; };

static_assert(!Prints<Secret>);
static_assert(!std::equality_comparable<Secret>);
static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(!std::is_convertible_v<Secret, std::string_view> && !std::is_convertible_v<std::string, Secret>);
static_assert(!std::is_constructible_v<Secret, const char *>);

std::string longText()
{
    return std::string(100, 's');
}

TEST(Secret, GivesItsTextWhenAsked)
{
    EXPECT_TRUE(Secret().empty());
    const Secret secret(longText());
    EXPECT_EQ(secret.reveal(), longText());
    EXPECT_EQ(secret.copy().reveal(), longText());
    EXPECT_FALSE(secret.empty());
}

TEST(Secret, MovesAndLeavesNothingBehind)
{
    for (const auto &text : {std::string("short"), longText()}) {
        Secret first{std::string(text)};
        Secret second(std::move(first));
        EXPECT_TRUE(first.empty()); // NOLINT(bugprone-use-after-move): that is the point
        EXPECT_EQ(second.reveal(), text);
        Secret third(std::string_view("another"));
        third = std::move(second);
        EXPECT_TRUE(second.empty()); // NOLINT(bugprone-use-after-move)
        EXPECT_EQ(third.reveal(), text);
    }
}

// The memory itself, which stays the string's.
TEST(Secret, IsOverwritten)
{
    for (auto text : {std::string("short"), longText()}) {
        const auto size = text.size();
        const char *bytes = text.data();
        wire::wipe(text);
        EXPECT_TRUE(text.empty());
        ASSERT_EQ(text.data(), bytes);
        EXPECT_EQ(std::string_view(bytes, size), std::string(size, '\0'));
    }
}

} // namespace
