#include "descriptors/descriptor_limit.h"

#include <gtest/gtest.h>

#include <sys/resource.h>

namespace {

rlimit limitNow()
{
    rlimit limit{};
    EXPECT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
    return limit;
}

void setLimit(rlim_t soft, rlim_t hard)
{
    const rlimit limit{soft, hard};
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

} // namespace

TEST(DescriptorLimit, IsRaisedToTheHardLimit)
{
    const auto hard = limitNow().rlim_max;
    ASSERT_GT(hard, 64u);
    setLimit(64, hard);
    EXPECT_EQ(descriptors::raiseLimit(), hard);
    EXPECT_EQ(limitNow().rlim_cur, hard);
}

TEST(DescriptorLimit, StaysWhereItIsHighestAlready)
{
    setLimit(64, 64);
    EXPECT_EQ(descriptors::raiseLimit(), 64u);
    EXPECT_EQ(limitNow().rlim_cur, 64u);
    EXPECT_EQ(limitNow().rlim_max, 64u);
}
