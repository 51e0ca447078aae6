#include "edge/http_url.h"

#include <gmock/gmock.h>

namespace {

using edge::HttpUrl;
using testing::HasSubstr;

std::string urlError(std::string_view text)
{
    const auto url = edge::parseHttpUrl(text);
    return url ? "accepted" : url.error().message;
}

TEST(ParseHttpUrl, TakesItApart)
{
    EXPECT_EQ(edge::parseHttpUrl("https://id.example.com/.well-known/jwks.json?a=1"),
              (HttpUrl{true, "id.example.com", "443", "id.example.com", "/.well-known/jwks.json?a=1"}));
    EXPECT_EQ(edge::parseHttpUrl("https://id.example.com:8443"),
              (HttpUrl{true, "id.example.com", "8443", "id.example.com:8443", "/"}));
    EXPECT_EQ(edge::parseHttpUrl("http://[::1]:80/k"), (HttpUrl{false, "::1", "80", "[::1]:80", "/k"}));
    EXPECT_EQ(edge::parseHttpUrl("http://127.0.0.9/"), (HttpUrl{false, "127.0.0.9", "80", "127.0.0.9", "/"}));
    EXPECT_TRUE(edge::parseHttpUrl("http://localhost:1/"));
}

TEST(ParseHttpUrl, WithoutTlsOnlyThisHost)
{
    for (const auto *text : {"http://id.example.com/", "http://192.0.2.1/", "http://localhost.example.com/",
                             "http://[::2]/", "http://127.0.0.1.example.com/"})
        EXPECT_THAT(urlError(text), HasSubstr("is no https:// URL (http:// only to this host itself)")) << text;
}

TEST(ParseHttpUrl, RefusesWhatIsNone)
{
    for (const auto *text :
         {"", "https://", "https:///x", "ftp://a/", "id.example.com", "https://a b/", "https://u@a/", "https://a/#f",
          "https://a/ b", "https://a:/", "https://a:x/", "/etc/keys", "https://a/\r\nX: y"})
        EXPECT_THAT(urlError(text), HasSubstr("is no https:// URL")) << text;
}

} // namespace
