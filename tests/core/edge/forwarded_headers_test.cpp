#include "edge/forwarded_headers.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using wire::Header;
using wire::HeaderList;

const std::vector<wire::Cidr> kTrusted{*wire::Cidr::parse("10.0.0.0/8")};

struct Input {
    HeaderList headers;
    std::string peer = "203.0.113.9";
    std::string prefix = {};
    std::string scheme = "http";
    std::string requestId = "req_1";
};

wire::RequestHead apply(const Input &input)
{
    wire::RequestHead head;
    head.headers = input.headers;
    head.requestId = input.requestId;
    edge::applyForwarded(head, {.peerAddress = input.peer,
                                .peerTrusted = wire::containsAddress(kTrusted, input.peer),
                                .trustedProxies = kTrusted,
                                .scheme = input.scheme,
                                .prefix = input.prefix});
    return head;
}

TEST(ApplyForwarded, StartsAnewForAnUntrustedPeer)
{
    const auto head = apply({.headers = {{"Host", "shop.localhost:8080"}, {"Accept", "*/*"}}});
    const HeaderList expected{{"Host", "shop.localhost:8080"},
                              {"Accept", "*/*"},
                              {"X-Forwarded-For", "203.0.113.9"},
                              {"X-Forwarded-Proto", "http"},
                              {"X-Forwarded-Host", "shop.localhost:8080"},
                              {"Forwarded", "for=203.0.113.9;host=\"shop.localhost:8080\";proto=http"},
                              {"X-Request-Id", "req_1"}};
    EXPECT_EQ(head.headers, expected);
    EXPECT_EQ(head.remoteAddress, "203.0.113.9");
}

TEST(ApplyForwarded, DropsWhatAnUntrustedPeerClaims)
{
    const auto head = apply({.headers = {{"X-Forwarded-For", "127.0.0.1"},
                                         {"Host", "shop.localhost"},
                                         {"x-forwarded-proto", "https"},
                                         {"X-FORWARDED-HOST", "evil.net"},
                                         {"X-Forwarded-Prefix", "/evil"},
                                         {"X-Forwarded-Port", "1"},
                                         {"X-Forwarded-Server", "evil"},
                                         {"X-Real-IP", "127.0.0.1"},
                                         {"Forwarded", "for=127.0.0.1"},
                                         {"forwarded", "for=127.0.0.2"},
                                         {"X-Forwarded", "kept: it is nobody's"},
                                         {"Cookie", "a=b"}},
                             .scheme = "https"});
    const HeaderList expected{{"Host", "shop.localhost"},
                              {"X-Forwarded", "kept: it is nobody's"},
                              {"Cookie", "a=b"},
                              {"X-Forwarded-For", "203.0.113.9"},
                              {"X-Forwarded-Proto", "https"},
                              {"X-Forwarded-Host", "shop.localhost"},
                              {"Forwarded", "for=203.0.113.9;host=shop.localhost;proto=https"},
                              {"X-Request-Id", "req_1"}};
    EXPECT_EQ(head.headers, expected);
    EXPECT_EQ(head.remoteAddress, "203.0.113.9");
}

TEST(ApplyForwarded, DropsWhatAServerCouldTakeForIt)
{
    for (const char *peer : {"203.0.113.9", "10.0.0.1"}) { // a trusted proxy passes on what it does not know
        const auto head = apply({.headers = {{"X_Forwarded_For", "127.0.0.1"},
                                             {"x-forwarded_proto", "https"},
                                             {"X_REAL_IP", "127.0.0.1"},
                                             {"X_Forwarded", "kept"},
                                             {"my_field", "kept"}},
                                 .peer = peer});
        EXPECT_FALSE(wire::findHeader(head.headers, "X_Forwarded_For")) << peer;
        EXPECT_FALSE(wire::findHeader(head.headers, "x-forwarded_proto")) << peer;
        EXPECT_FALSE(wire::findHeader(head.headers, "X_REAL_IP")) << peer;
        EXPECT_TRUE(wire::findHeader(head.headers, "X_Forwarded")) << peer;
        EXPECT_TRUE(wire::findHeader(head.headers, "my_field")) << peer;
    }
}

TEST(ApplyForwarded, KeepsAndExtendsTheChainOfATrustedProxy)
{
    const auto head = apply({.headers = {{"Host", "shop.localhost"},
                                         {"X-Forwarded-For", "198.51.100.1, 203.0.113.7"},
                                         {"X-Forwarded-Proto", "https"},
                                         {"X-Forwarded-Host", "shop.example.com"},
                                         {"X-Forwarded-Port", "443"},
                                         {"Forwarded", "for=203.0.113.7;proto=https"}},
                             .peer = "10.0.0.1"});
    const HeaderList expected{{"Host", "shop.localhost"},
                              {"X-Forwarded-For", "198.51.100.1, 203.0.113.7, 10.0.0.1"},
                              {"X-Forwarded-Proto", "https"},
                              {"X-Forwarded-Host", "shop.example.com"},
                              {"X-Forwarded-Port", "443"},
                              {"Forwarded", "for=203.0.113.7;proto=https, for=10.0.0.1;host=shop.localhost;proto=http"},
                              {"X-Request-Id", "req_1"}};
    EXPECT_EQ(head.headers, expected);
    EXPECT_EQ(head.remoteAddress, "203.0.113.7");
}

std::string valueOf(const wire::RequestHead &head, std::string_view name)
{
    return std::string(wire::findHeader(head.headers, name).value_or("(absent)"));
}

TEST(ApplyForwarded, WritesForwardedFromTheChainWhereAProxyDidNot)
{
    const auto head = apply({.headers = {{"Host", "inner"},
                                         {"X-Forwarded-For", "2001:db8::1,, bogus"},
                                         {"X-Forwarded-Proto", "https"},
                                         {"X-Forwarded-For", "10.0.0.2"},
                                         {"X-Forwarded-Host", "shop.example.com"}},
                             .peer = "10.0.0.1"});
    EXPECT_EQ(valueOf(head, "Forwarded"),
              "for=\"[2001:db8::1]\";host=shop.example.com;proto=https, for=unknown, for=10.0.0.2, for=10.0.0.1");
    EXPECT_EQ(head.remoteAddress, "10.0.0.2");
}

TEST(ApplyForwarded, ReadsForwardedWhereItIsTheOnlyChain)
{
    // Short values: they live inside their std::string and move when the list grows.
    const auto head =
        apply({.headers = {{"Forwarded", "for=1.2.3.4;host=h;proto=https"}, {"Host", "inner"}}, .peer = "10.0.0.1"});
    EXPECT_EQ(head.remoteAddress, "1.2.3.4");
    EXPECT_EQ(valueOf(head, "X-Forwarded-For"), "1.2.3.4, 10.0.0.1");
    EXPECT_EQ(valueOf(head, "X-Forwarded-Proto"), "https");
    EXPECT_EQ(valueOf(head, "X-Forwarded-Host"), "h");
    EXPECT_EQ(valueOf(head, "Forwarded"), "for=1.2.3.4;host=h;proto=https, for=10.0.0.1;host=inner;proto=http");
}

TEST(ApplyForwarded, ATrustedProxyThatSaysNothingIsTheVisitor)
{
    const auto head = apply({.headers = {{"Host", "h"}, {"X-Forwarded-For", ""}}, .peer = "10.0.0.1"});
    EXPECT_EQ(head.remoteAddress, "10.0.0.1");
    EXPECT_EQ(valueOf(head, "X-Forwarded-For"), "10.0.0.1");
    EXPECT_EQ(valueOf(head, "Forwarded"), "for=10.0.0.1;host=h;proto=http");
}

struct PrefixCase {
    const char *incoming; // null: absent
    const char *prefix;
    const char *peer;
    const char *outgoing;
};

TEST(ApplyForwarded, Prefix)
{
    const PrefixCase table[] = {
        {nullptr, "", "203.0.113.9", "(absent)"},
        {nullptr, "/shop", "203.0.113.9", "/shop"},
        {"/evil", "", "203.0.113.9", "(absent)"},
        {"/evil", "/shop", "203.0.113.9", "/shop"},
        {"/outer", "/shop", "10.0.0.1", "/outer/shop"},
        {"/outer/", "/shop", "10.0.0.1", "/outer/shop"},
        {"/", "/shop", "10.0.0.1", "/shop"},
        {"/outer", "", "10.0.0.1", "/outer"},
    };
    for (const auto &[incoming, prefix, peer, outgoing] : table) {
        Input input{.headers = {{"Host", "h"}}, .peer = peer, .prefix = prefix};
        if (incoming != nullptr)
            input.headers.push_back({"X-Forwarded-Prefix", incoming});
        EXPECT_EQ(valueOf(apply(input), "X-Forwarded-Prefix"), outgoing) << prefix << " from " << peer;
    }
}

struct AddressCase {
    const char *peer;
    const char *address;
    const char *forwarded;
};

TEST(ApplyForwarded, WritesAddressesAsTheRfcWantsThem)
{
    const AddressCase table[] = {
        {"203.0.113.9", "203.0.113.9", "for=203.0.113.9;proto=http"},
        {"2001:db8::1", "2001:db8::1", "for=\"[2001:db8::1]\";proto=http"},
        {"::ffff:203.0.113.9", "203.0.113.9", "for=203.0.113.9;proto=http"},
        {"fe80::1%eth0", "fe80::1", "for=\"[fe80::1]\";proto=http"},
    };
    for (const auto &[peer, address, forwarded] : table) {
        const auto head = apply({.headers = {}, .peer = peer});
        EXPECT_EQ(head.remoteAddress, address);
        EXPECT_EQ(valueOf(head, "X-Forwarded-For"), address);
        EXPECT_EQ(valueOf(head, "Forwarded"), forwarded);
        EXPECT_EQ(valueOf(head, "X-Forwarded-Host"), "(absent)") << "no Host field, nothing to tell";
    }
}

TEST(ApplyForwarded, QuotesAHostThatCouldBendForwarded)
{
    const auto head = apply({.headers = {{"Host", "a\";for=\\x"}}});
    EXPECT_EQ(valueOf(head, "Forwarded"), "for=203.0.113.9;host=\"a\\\";for=\\\\x\";proto=http");
}

TEST(ApplyForwarded, KeepsTheVisitorsRequestId)
{
    const auto head = apply({.headers = {{"x-request-id", "mine"}}});
    EXPECT_EQ(valueOf(head, "X-Request-Id"), "mine");
    EXPECT_EQ(head.requestId, "req_1");
    EXPECT_EQ(valueOf(apply({.headers = {}, .requestId = ""}), "X-Request-Id"), "(absent)");
}

} // namespace
