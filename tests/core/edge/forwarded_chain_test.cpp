#include "edge/forwarded_chain.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using wire::HeaderList;

const std::vector<wire::Cidr> kTrusted{*wire::Cidr::parse("10.0.0.0/8"), *wire::Cidr::parse("::1")};

struct ChainCase {
    HeaderList headers;
    const char *address;
};

TEST(VisitorOrigin, RightmostUntrustedOfXForwardedFor)
{
    const ChainCase table[] = {
        {{}, "10.0.0.1"},
        {{{"X-Forwarded-For", "203.0.113.9"}}, "203.0.113.9"},
        {{{"X-Forwarded-For", "198.51.100.1, 203.0.113.9"}}, "203.0.113.9"},
        {{{"X-Forwarded-For", "198.51.100.1, 203.0.113.9, 10.0.0.2"}}, "203.0.113.9"},
        {{{"X-Forwarded-For", "203.0.113.9,10.0.0.2,\t10.0.0.3 "}}, "203.0.113.9"},
        {{{"X-Forwarded-For", "10.0.0.7, 10.0.0.2"}}, "10.0.0.7"}, // all trusted: the farthest
        {{{"x-forwarded-for", "198.51.100.1"}, {"X-FORWARDED-FOR", "203.0.113.9"}}, "203.0.113.9"},
        {{{"X-Forwarded-For", "203.0.113.9"}, {"X-Forwarded-For", "10.0.0.2"}}, "203.0.113.9"},
        {{{"X-Forwarded-For", "203.0.113.9:4711"}}, "203.0.113.9"},
        {{{"X-Forwarded-For", "[2001:db8::1]:4711"}}, "2001:db8::1"},
        {{{"X-Forwarded-For", "2001:db8::1"}}, "2001:db8::1"},
        {{{"X-Forwarded-For", "203.0.113.9, ::ffff:10.0.0.2"}}, "203.0.113.9"},
        {{{"X-Forwarded-For", "203.0.113.9, , 10.0.0.2"}}, "203.0.113.9"},
        // the walk ends at what is no address
        {{{"X-Forwarded-For", "203.0.113.9, unknown"}}, "10.0.0.1"},
        {{{"X-Forwarded-For", "203.0.113.9, unknown, 10.0.0.2"}}, "10.0.0.2"},
        {{{"X-Forwarded-For", "203.0.113.9, evil\" , 10.0.0.2"}}, "10.0.0.2"},
        {{{"X-Forwarded-For", "<script>"}}, "10.0.0.1"},
        {{{"X-Forwarded-For", ""}}, "10.0.0.1"},
        {{{"X-Forwarded-For", ",,"}}, "10.0.0.1"},
        // a forged Forwarded beside it counts for nothing
        {{{"Forwarded", "for=198.51.100.66"}, {"X-Forwarded-For", "203.0.113.9"}}, "203.0.113.9"},
    };
    for (const auto &[headers, address] : table)
        EXPECT_EQ(edge::visitorOrigin(headers, "10.0.0.1", kTrusted).address, address);
}

struct ForwardedCase {
    const char *value;
    const char *address;
    const char *scheme;
    const char *host;
};

TEST(VisitorOrigin, RightmostUntrustedOfForwarded)
{
    const ForwardedCase table[] = {
        {"for=203.0.113.9", "203.0.113.9", "", ""},
        {"For=203.0.113.9;Proto=https;Host=shop.example.com", "203.0.113.9", "https", "shop.example.com"},
        {"for=203.0.113.9 ; proto=https , for=10.0.0.2;proto=http", "203.0.113.9", "https", ""},
        {"for=198.51.100.1, for=203.0.113.9;by=10.0.0.2", "203.0.113.9", "", ""},
        {"for=\"[2001:db8::1]:4711\";host=\"shop.example.com:8443\"", "2001:db8::1", "", "shop.example.com:8443"},
        {"for=\"203.0.113.9:4711\"", "203.0.113.9", "", ""},
        {"for=unknown", "10.0.0.1", "", ""},
        {"for=_hidden", "10.0.0.1", "", ""},
        {"proto=https", "10.0.0.1", "", ""},
        {"", "10.0.0.1", "", ""},
        // quotes must not let a visitor's text stand for an element of its own…
        {"for=203.0.113.9;host=\"a,for=198.51.100.66\"", "203.0.113.9", "", "a,for=198.51.100.66"},
        {"for=203.0.113.9;host=\"a\\\",for=198.51.100.66\"", "203.0.113.9", "", "a\\\",for=198.51.100.66"},
        {"for=203.0.113.9;host=\"a;for=198.51.100.66\"", "203.0.113.9", "", "a;for=198.51.100.66"},
        // …and one left open by the visitor must not hide what a proxy appended
        {"for=\"198.51.100.66, for=203.0.113.9", "203.0.113.9", "", ""},
    };
    for (const auto &[value, address, scheme, host] : table) {
        const HeaderList headers{{"Forwarded", value}};
        const auto origin = edge::visitorOrigin(headers, "10.0.0.1", kTrusted);
        EXPECT_EQ(origin.address, address) << value;
        EXPECT_EQ(origin.scheme, scheme) << value;
        EXPECT_EQ(origin.host, host) << value;
    }
}

TEST(NodeAddress, FindsTheAddress)
{
    EXPECT_EQ(edge::nodeAddress(" 192.0.2.1:80 "), "192.0.2.1");
    EXPECT_EQ(edge::nodeAddress("\"[::1]:80\""), "::1");
    EXPECT_EQ(edge::nodeAddress("::1"), "::1");
    EXPECT_EQ(edge::nodeAddress("[::1"), "::1"); // closed or not, there is one address to read
    for (const char *text : {"", "[", "[]", "unknown", "192.0.2.1:80:80", "fe80::1%eth0", "\""})
        EXPECT_EQ(edge::nodeAddress(text), "") << text;
}

TEST(TakeLastElement, TakesElementsFromTheRight)
{
    std::string_view rest = "a, \"b,c\" ,d";
    EXPECT_EQ(edge::takeLastElement(rest), "d");
    EXPECT_EQ(edge::takeLastElement(rest), "\"b,c\"");
    EXPECT_EQ(edge::takeLastElement(rest), "a");
    EXPECT_EQ(rest, "");
}

} // namespace
