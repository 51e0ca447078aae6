#include "edge/address_count.h"

#include <gtest/gtest.h>

namespace {

using edge::AddressCount;

TEST(AddressCount, EachAddressHasItsOwn)
{
    AddressCount count(2);
    EXPECT_TRUE(count.enter("192.0.2.1"));
    EXPECT_TRUE(count.enter("192.0.2.1"));
    EXPECT_FALSE(count.enter("192.0.2.1"));
    EXPECT_FALSE(count.enter("::ffff:192.0.2.1")) << "the same, as a dual-stack socket reports it";
    EXPECT_TRUE(count.enter("192.0.2.2"));
    EXPECT_EQ(count.addresses(), 2U);
}

TEST(AddressCount, WhatLeavesMakesRoom)
{
    AddressCount count(1);
    EXPECT_TRUE(count.enter("192.0.2.1"));
    EXPECT_FALSE(count.enter("192.0.2.1"));
    count.leave("192.0.2.1");
    EXPECT_EQ(count.addresses(), 0U);
    EXPECT_TRUE(count.enter("192.0.2.1"));
    count.leave("192.0.2.9"); // was never counted
    EXPECT_FALSE(count.enter("192.0.2.1"));
}

TEST(AddressCount, AnIpv6NetworkIsOne)
{
    AddressCount count(1);
    EXPECT_TRUE(count.enter("2001:db8:1:2::1"));
    EXPECT_FALSE(count.enter("2001:db8:1:2:ffff::9"));
    EXPECT_TRUE(count.enter("2001:db8:1:3::1"));
    count.leave("2001:db8:1:2::abcd");
    EXPECT_TRUE(count.enter("2001:db8:1:2::2"));
}

TEST(AddressCount, WhatIsNoAddressIsOneTogether)
{
    AddressCount count(1);
    EXPECT_TRUE(count.enter("unknown"));
    EXPECT_FALSE(count.enter("nonsense"));
}

} // namespace
