#include "guard/visitor_memory.h"
#include "wire/limits.h"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
const guard::VisitorMemory::Time kStart{1000h};

TEST(VisitorMemory, RemembersForAWhile)
{
    guard::VisitorMemory memory;
    EXPECT_FALSE(memory.answer("a", kStart));
    memory.remember("a", true, kStart);
    memory.remember("b", false, kStart);
    EXPECT_EQ(memory.answer("a", kStart + wire::kApprovalRemembered - 1s), true);
    EXPECT_EQ(memory.answer("b", kStart + wire::kRefusalRemembered - 1s), false);
    EXPECT_FALSE(memory.answer("a", kStart + wire::kApprovalRemembered));
    EXPECT_FALSE(memory.answer("b", kStart + wire::kRefusalRemembered));
}

TEST(VisitorMemory, TheNewestAnswerCounts)
{
    guard::VisitorMemory memory;
    memory.remember("a", false, kStart);
    memory.remember("a", true, kStart + 1s);
    EXPECT_EQ(memory.answer("a", kStart + 2s), true);
}

TEST(VisitorMemory, IsBounded)
{
    guard::VisitorMemory memory;
    for (std::size_t i = 0; i <= wire::kMaxRememberedVisitors; ++i)
        memory.remember(std::to_string(i), true, kStart + std::chrono::seconds(i));
    const auto now = kStart + std::chrono::seconds(wire::kMaxRememberedVisitors);
    EXPECT_FALSE(memory.answer("0", now)) << "the oldest made room";
    EXPECT_EQ(memory.answer("1", now), true);
    EXPECT_EQ(memory.answer(std::to_string(wire::kMaxRememberedVisitors), now), true);
}

} // namespace
