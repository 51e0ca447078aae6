#include "guard/visitor_key.h"

#include <gtest/gtest.h>

namespace {

TEST(VisitorKey, AnIPv6NetworkIsOneVisitor)
{
    EXPECT_EQ(guard::visitorKey("192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(guard::visitorKey("::ffff:192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(guard::visitorKey("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    EXPECT_EQ(guard::visitorKey("2001:db8:1:2::1"), guard::visitorKey("2001:db8:1:2:ffff::"));
    EXPECT_NE(guard::visitorKey("192.0.2.1"), guard::visitorKey("192.0.2.2"));
    EXPECT_EQ(guard::visitorKey(""), "");
    EXPECT_EQ(guard::visitorKey("localhost"), "");
}

} // namespace
