#include "backend-aws/functions/memory_world.h"
#include "functions/release_link.h"

#include <gmock/gmock.h>

namespace {

TEST(ReleaseLink, TriesAgainWhenSomebodyWasFaster)
{
    support::MemoryWorld world;
    world.addTunnel("shop", {"a", "b"});
    world.names.races = 3;
    EXPECT_TRUE(functions::releaseLink(world.names, "shop", "a", world.clock.now, world.deadline()));
    EXPECT_THAT(world.names.rows["shop"].links, testing::ElementsAre("b"));
    world.names.races = 100;
    EXPECT_EQ(functions::releaseLink(world.names, "shop", "b", world.clock.now, world.deadline()).error().code,
              wire::Code::RateLimited);
}

TEST(ReleaseLink, NothingToDoIsFine)
{
    support::MemoryWorld world;
    world.addTunnel("shop", {"a"});
    EXPECT_TRUE(functions::releaseLink(world.names, "shop", "b", world.clock.now, world.deadline()));
    EXPECT_TRUE(functions::releaseLink(world.names, "none", "b", world.clock.now, world.deadline()));
    EXPECT_EQ(world.names.writes, 0U);
    world.names.down = wire::Code::Timeout;
    EXPECT_FALSE(functions::releaseLink(world.names, "shop", "a", world.clock.now, world.deadline()));
}

} // namespace
