#include "backend-aws/events/sample_events.h"
#include "events/http_event.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace {

using nlohmann::json;
using testing::UnorderedElementsAre;
using wire::Header;

events::HttpEvent read(const json &event)
{
    return std::get<events::HttpEvent>(events::readHttpEvent(event).value());
}

json sample(const std::string &name)
{
    return json::parse(samples::text(name));
}

std::string uriOf(std::string_view path, std::string_view query, std::string_view stage = "$default")
{
    auto event = sample("http-get.json");
    event["rawPath"] = path;
    event["rawQueryString"] = query;
    event["requestContext"]["stage"] = stage;
    return read(event).head.uri;
}

TEST(HttpEvent, TakesTheRequestAsItCame)
{
    const auto request = read(sample("http-get.json"));
    EXPECT_EQ(request.head.method, "GET");
    EXPECT_EQ(request.head.uri, "/a/b%20c?x=1&x=2&y=%26");
    EXPECT_EQ(request.head.remoteAddress, "127.0.0.1");
    EXPECT_THAT(request.head.headers,
                UnorderedElementsAre(Header{"x-foo", "A"}, Header{"cookie", "a=1; b=2"},
                                     Header{"host", "127.0.0.1:3000"}, Header{"connection", "keep-alive"}));
    EXPECT_EQ(request.head.body, wire::BodyKind::None);
    EXPECT_EQ(request.body, "");
    EXPECT_EQ(request.domain, "offlineContext_domainName");
}

TEST(HttpEvent, ReadsBodies)
{
    const auto post = read(sample("http-post.json"));
    EXPECT_EQ(post.body, "{\"a\":1}");
    EXPECT_EQ(post.head.body, wire::BodyKind::Sized);
    const auto put = read(sample("http-put-b64.json"));
    EXPECT_EQ(put.body, std::string("\0\xff\xfe\r\n", 5));
    EXPECT_EQ(wire::findHeader(put.head.headers, "content-length"), "5");
}

TEST(HttpEvent, LengthIsThatOfTheBody)
{
    auto event = sample("http-post.json");
    event["headers"]["content-length"] = "99";
    event["headers"]["transfer-encoding"] = "chunked";
    event["headers"]["expect"] = "100-continue";
    const auto &headers = read(event).head.headers;
    EXPECT_EQ(wire::findHeader(headers, "content-length"), "7");
    EXPECT_FALSE(wire::findHeader(headers, "transfer-encoding"));
    EXPECT_FALSE(wire::findHeader(headers, "expect"));
    event["body"] = nullptr;
    EXPECT_EQ(wire::findHeader(read(event).head.headers, "content-length"), "0");
    for (const auto *method : {"GET", "HEAD", "OPTIONS", "DELETE"}) {
        event["requestContext"]["http"]["method"] = method;
        const auto without = read(event);
        EXPECT_FALSE(wire::findHeader(without.head.headers, "content-length")) << method;
        EXPECT_EQ(without.head.body, wire::BodyKind::None) << method;
    }
}

TEST(HttpEvent, QueryKeepsOrderAndRepetition)
{
    EXPECT_EQ(uriOf("/", "b=2&a=1&b=%20+&=&flag"), "/?b=2&a=1&b=%20+&=&flag");
    EXPECT_EQ(uriOf("/a%2Fb/%C3%A9", "?x=a/b?c"), "/a%2Fb/%C3%A9??x=a/b?c");
}

TEST(HttpEvent, EncodesWhatNoTargetHolds)
{
    EXPECT_EQ(uriOf("/a b/\xc3\xa9/100%/x?y#z", ""), "/a%20b/%C3%A9/100%25/x%3Fy%23z");
    EXPECT_EQ(uriOf("/", "q=\xc3\xa9 \r\n"), "/?q=%C3%A9%20%0D%0A");
    EXPECT_EQ(uriOf("", ""), "/");
}

TEST(HttpEvent, NamedStageIsNoPartOfThePath)
{
    EXPECT_EQ(uriOf("/prod/a", "", "prod"), "/a");
    EXPECT_EQ(uriOf("/prod", "", "prod"), "/");
    EXPECT_EQ(uriOf("/production", "", "prod"), "/production");
    EXPECT_EQ(uriOf("/prod/a", ""), "/prod/a");
}

TEST(HttpEvent, CookiesComeFromTheirList)
{
    auto event = sample("http-get.json");
    event["headers"].erase("cookie"); // as AWS itself sends it
    event["cookies"] = {"a=1", "b=\"x; y\"", "c="};
    EXPECT_EQ(wire::findHeader(read(event).head.headers, "cookie"), "a=1; b=\"x; y\"; c=");
}

TEST(HttpEvent, RefusesABodyThatIsNoBase64)
{
    auto event = sample("http-put-b64.json");
    event["body"] = "not base64!";
    EXPECT_FALSE(events::readHttpEvent(event));
}

} // namespace
