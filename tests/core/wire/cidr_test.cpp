#include "wire/cidr.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace {

using testing::HasSubstr;

TEST(ParseAddress, AcceptsAddressesOnly)
{
    for (const char *text : {"0.0.0.0", "192.0.2.1", "::", "::1", "2001:db8::1", "2001:DB8::A", "::ffff:192.0.2.1",
                             "fe80::1%eth0", "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255"})
        EXPECT_TRUE(wire::parseAddress(text)) << text;
    for (const char *text : {"", " ", "localhost", "192.0.2", "192.0.2.1.5", "192.0.2.256", "1", "0x7f.0.0.1",
                             "192.0.2.1:80", "[::1]", "::1::", ":", "192.0.2.1 ", " 192.0.2.1", "%",
                             "12345::", "1.2.3.4/8", "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.2555"})
        EXPECT_FALSE(wire::parseAddress(text)) << text;
    EXPECT_FALSE(wire::parseAddress(std::string_view("192.0.2.1\0x", 11)));
}

TEST(ParseAddress, MappedIPv6IsItsIPv4)
{
    EXPECT_EQ(wire::parseAddress("::ffff:192.0.2.1"), wire::parseAddress("192.0.2.1"));
    EXPECT_TRUE(wire::parseAddress("::ffff:c000:201")->isV4());
    EXPECT_FALSE(wire::parseAddress("::1")->isV4());
}

struct Match {
    const char *range;
    const char *address;
    bool matches;
};

TEST(Cidr, Contains)
{
    const Match table[] = {
        {"10.0.0.0/8", "10.0.0.0", true},
        {"10.0.0.0/8", "10.255.255.255", true},
        {"10.0.0.0/8", "11.0.0.0", false},
        {"10.0.0.0/8", "9.255.255.255", false},
        {"10.0.0.0/8", "::ffff:10.1.2.3", true},
        {"10.0.0.0/8", "::10.1.2.3", false},
        {"192.0.2.128/25", "192.0.2.128", true},
        {"192.0.2.128/25", "192.0.2.127", false},
        {"192.0.2.4/30", "192.0.2.7", true},
        {"192.0.2.4/30", "192.0.2.8", false},
        {"192.0.2.1", "192.0.2.1", true},
        {"192.0.2.1", "192.0.2.2", false},
        {"192.0.2.1/32", "192.0.2.1", true},
        {"0.0.0.0/0", "203.0.113.9", true},
        {"0.0.0.0/0", "::1", false},
        {"::/0", "2001:db8::1", true},
        {"::/0", "192.0.2.1", false},
        {"::/0", "::ffff:192.0.2.1", false},
        {"::1/128", "::1", true},
        {"::1/128", "::2", false},
        {"::1", "::1", true},
        {"2001:db8::/33", "2001:db8:7fff::1", true},
        {"2001:db8::/33", "2001:db8:8000::1", false},
        {"::ffff:10.0.0.0/104", "10.9.9.9", true},
        {"::ffff:10.0.0.0/104", "11.9.9.9", false},
        {"fe80::/10", "fe80::1%eth0", true},
    };
    for (const auto &[range, address, matches] : table) {
        const auto cidr = wire::Cidr::parse(range);
        ASSERT_TRUE(cidr) << range << ": " << cidr.error().message;
        EXPECT_EQ(cidr->contains(*wire::parseAddress(address)), matches) << range << " " << address;
    }
}

TEST(Cidr, RefusesWhatIsNoRange)
{
    for (const char *text :
         {"", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.0/ 8", "10.0.0.0/08x",
          "::/129", "example.com", "10.0.0/8", "[::1]/128", "fe80::1%eth0", "10.0.0.0/99999999999"})
        EXPECT_FALSE(wire::Cidr::parse(text)) << text;
}

TEST(Cidr, SaysWhichRangeWasMeant)
{
    const auto v4 = wire::Cidr::parse("10.1.2.3/8");
    ASSERT_FALSE(v4);
    EXPECT_EQ(v4.error().code, wire::Code::InvalidRequest);
    EXPECT_THAT(v4.error().message, HasSubstr("10.0.0.0/8"));
    const auto v6 = wire::Cidr::parse("2001:db8::1/32");
    ASSERT_FALSE(v6);
    EXPECT_THAT(v6.error().message, HasSubstr("2001:db8::/32"));
    const auto prefix = wire::Cidr::parse("10.0.0.0/40");
    ASSERT_FALSE(prefix);
    EXPECT_THAT(prefix.error().message, HasSubstr("0 to 32"));
}

TEST(ContainsAddress, LooksThroughAllRanges)
{
    const std::vector<wire::Cidr> ranges{*wire::Cidr::parse("10.0.0.0/8"), *wire::Cidr::parse("::1")};
    EXPECT_TRUE(wire::containsAddress(ranges, "10.1.1.1"));
    EXPECT_TRUE(wire::containsAddress(ranges, "::1"));
    EXPECT_FALSE(wire::containsAddress(ranges, "127.0.0.1"));
    EXPECT_FALSE(wire::containsAddress(ranges, "unknown"));
    EXPECT_FALSE(wire::containsAddress({}, "10.1.1.1"));
}

TEST(Cidr, TextReadsBackAsTheSameRange)
{
    for (const char *text : {"10.0.0.0/8", "192.0.2.1", "0.0.0.0/0", "2001:db8::/32", "::1", "::/0"}) {
        const auto range = wire::Cidr::parse(text);
        ASSERT_TRUE(range) << text;
        EXPECT_EQ(range->text(), text);
    }
    EXPECT_EQ(wire::Cidr::parse("192.0.2.1/32")->text(), "192.0.2.1");
}

TEST(Cidr, AroundAnAddress)
{
    EXPECT_EQ(wire::Cidr::around(*wire::parseAddress("2001:db8:1:2:3::4"), 64).text(), "2001:db8:1:2::/64");
    EXPECT_EQ(wire::Cidr::around(*wire::parseAddress("192.0.2.1"), wire::kAddressBits).text(), "192.0.2.1");
}

} // namespace
