#include "guard/request_path.h"

#include <gtest/gtest.h>

namespace {

TEST(RequestPath, PlainPathsAreDecoded)
{
    EXPECT_EQ(guard::plainPath("/"), "/");
    EXPECT_EQ(guard::plainPath("/webhooks/github?x=../..;//"), "/webhooks/github");
    EXPECT_EQ(guard::plainPath("/%77ebhooks/"), "/webhooks/");
    EXPECT_EQ(guard::plainPath("/a%20b/%C3%BC"), "/a b/\xc3\xbc");
    EXPECT_EQ(guard::plainPath("/100%25"), "/100%");
    EXPECT_EQ(guard::plainPath("/.well-known/x..y/..."), "/.well-known/x..y/...");
    EXPECT_EQ(guard::plainPath("/@user:x/$a,b&c=d+e!'()*~_-"), "/@user:x/$a,b&c=d+e!'()*~_-");
}

// Each of these is one path to some server and another path to the next.
class AmbiguousPath : public testing::TestWithParam<const char *> {};

TEST_P(AmbiguousPath, HasNoPlainForm)
{
    EXPECT_FALSE(guard::plainPath(GetParam())) << *guard::plainPath(GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Attacks, AmbiguousPath,
    testing::Values(
        // no origin form
        "", "*", "webhooks", "http://localhost/webhooks/", "?x",
        // dot segments, plain and escaped
        "/webhooks/../admin", "/webhooks/..", "/webhooks/.", "/./admin", "/../admin", "/webhooks/%2e%2e/admin",
        "/webhooks/%2E./admin", "/webhooks/.%2e", "/%2e/admin",
        // doubled slashes
        "//admin", "/webhooks//admin", "///", "//evil.example/webhooks/",
        // escaped separators
        "/webhooks%2fadmin", "/webhooks/%2F", "/webhooks/..%2fadmin", "/webhooks%5cadmin", "/webhooks/..%5Cadmin",
        // backslashes (Windows servers)
        "/webhooks\\..\\admin", "/\\admin",
        // path parameters (Java servers drop them before they resolve dots)
        "/webhooks/..;/admin", "/webhooks;/../admin", "/admin;x=/webhooks/", "/webhooks/x;y", "/webhooks/%3b/admin",
        // double encoding
        "/webhooks/%252e%252e/admin", "/%2577ebhooks/", "/webhooks/%252fadmin",
        // escapes that are none: some servers pass them on, some drop the %
        "/webhooks/%", "/webhooks/%2", "/webhooks/%zz", "/webhooks/%u002e%u002e/",
        // controls and NUL, where C strings end
        "/webhooks/%00", "/admin%00/webhooks/", "/webhooks/%0a", "/webhooks/%0d%0aX:1", "/webhooks/%7f", "/%09admin",
        // a fragment or query that only a second decoding sees
        "/admin#/webhooks/", "/admin%23/webhooks/", "/admin%3f/webhooks/",
        // overlong and broken UTF-8: "/." of old decoders
        "/webhooks/%c0%ae%c0%ae/admin", "/webhooks/%c0%af", "/%e0%80%af", "/%f0%80%80%af", "/%ff", "/%c3", "/%ed%a0%80",
        "/%f4%90%80%80", "/\xc0\xae"));

} // namespace
