#include "guard/login_memory.h"
#include "wire/limits.h"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
const guard::SteadyTime kStart{1000h};

TEST(LoginMemory, RemembersForAWhile)
{
    guard::LoginMemory memory;
    const auto digest = memory.digest({"ann", "secret"});
    EXPECT_FALSE(memory.knows(digest, kStart));
    memory.remember(digest, kStart);
    EXPECT_TRUE(memory.knows(digest, kStart + wire::kLoginRemembered - 1s));
    EXPECT_FALSE(memory.knows(digest, kStart + wire::kLoginRemembered));
}

TEST(LoginMemory, EveryLoginHasItsOwnDigest)
{
    guard::LoginMemory memory;
    EXPECT_EQ(memory.digest({"ann", "secret"}), memory.digest({"ann", "secret"}));
    EXPECT_NE(memory.digest({"ann", "secret"}), memory.digest({"ann", "Secret"}));
    EXPECT_NE(memory.digest({"ann", "secret"}), memory.digest({"bob", "secret"}));
    EXPECT_NE(memory.digest({"a", "b:c"}), memory.digest({"a:b", "c"}).substr(1));
    EXPECT_NE(memory.digest({"ann", "secret"}), guard::LoginMemory().digest({"ann", "secret"}))
        << "without this program's key a digest is of no use";
}

TEST(LoginMemory, IsBounded)
{
    guard::LoginMemory memory;
    for (std::size_t i = 0; i <= wire::kMaxRememberedLogins; ++i)
        memory.remember(std::to_string(i), kStart + std::chrono::milliseconds(i));
    const auto now = kStart + std::chrono::milliseconds(wire::kMaxRememberedLogins);
    EXPECT_FALSE(memory.knows("0", now));
    EXPECT_TRUE(memory.knows("1", now));
}

} // namespace
