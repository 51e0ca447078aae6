#include "gateway/tunnel_memory.h"
#include "wire/limits.h"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using gateway::Time;
using gateway::TunnelMemory;

constexpr Time kNow{std::chrono::milliseconds(1'700'000'000'000)};

TEST(TunnelMemory, ForAFewSeconds)
{
    TunnelMemory memory;
    EXPECT_EQ(memory.find("shop", kNow), nullptr);
    memory.remember({.name = "shop", .links = {"a"}}, kNow);
    EXPECT_EQ(memory.find("shop", kNow + 2s)->links.front(), "a");
    EXPECT_EQ(memory.find("shop", kNow + wire::kTunnelRemembered), nullptr);
    EXPECT_EQ(memory.find("shop", kNow - 1s), nullptr); // the clock was set back
}

TEST(TunnelMemory, Forgets)
{
    TunnelMemory memory;
    memory.remember({.name = "shop"}, kNow);
    memory.forget("shop");
    memory.forget("other");
    EXPECT_EQ(memory.find("shop", kNow), nullptr);
}

TEST(TunnelMemory, IsBounded)
{
    TunnelMemory memory;
    for (std::size_t i = 0; i <= wire::kMaxTunnelsRemembered; ++i)
        memory.remember({.name = std::to_string(i)}, kNow);
    EXPECT_EQ(memory.find("0", kNow), nullptr);
    EXPECT_NE(memory.find(std::to_string(wire::kMaxTunnelsRemembered), kNow), nullptr);
}

TEST(TunnelMemory, NotesHoldForOneAddress)
{
    TunnelMemory memory;
    memory.note("link", "queue");
    EXPECT_TRUE(memory.isNoted("link", "queue"));
    EXPECT_FALSE(memory.isNoted("link", "queue2"));
    EXPECT_FALSE(memory.isNoted("link2", "queue"));
    memory.note("link2", "queue2");
    EXPECT_FALSE(memory.isNoted("link", "queue2"));
    for (std::size_t i = 0; i <= wire::kMaxTunnelsRemembered; ++i)
        memory.note(std::to_string(i), "queue2");
    EXPECT_FALSE(memory.isNoted("link2", "queue2"));
}

} // namespace
