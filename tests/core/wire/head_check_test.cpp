#include "core/wire/samples.h"
#include "wire/http_head.h"
#include "wire/limits.h"

#include <gtest/gtest.h>

#include <functional>

namespace {

using namespace std::string_literals;
using wire::BodyKind;
using wire::Code;
using wire::HeaderList;
using wire::RequestHead;
using wire::ResponseHead;

template <class Head>
struct Refusal {
    const char *what;
    std::function<void(Head &)> spoil;
    Code code = Code::InvalidRequest;
};

template <class Head>
void expectRefusals(const Head &good, std::initializer_list<Refusal<Head>> refusals)
{
    ASSERT_TRUE(wire::checkHead(good));
    for (const auto &[what, spoil, code] : refusals) {
        auto head = good;
        spoil(head);
        const auto checked = wire::checkHead(head);
        ASSERT_FALSE(checked) << what;
        EXPECT_EQ(checked.error().code, code) << what;
        EXPECT_FALSE(checked.error().message.empty()) << what;
    }
}

TEST(Syntax, Tokens)
{
    for (const auto *good : {"GET", "X-A", "!#$%&'*+-.^_`|~09azAZ"})
        EXPECT_TRUE(wire::isToken(good)) << good;
    for (const auto &bad :
         {""s,    " "s,   "a b"s, "a:"s,    "a\t"s, "a\r"s, "a\n"s, "a\0"s, "a\x7f"s, "caf\xe9"s, "a/b"s,
          "a,b"s, "a;b"s, "a=b"s, "\"a\""s, "(a)"s, "[a]"s, "{a}"s, "a@b"s, "a\\b"s,  "<a>"s,     "a?"s})
        EXPECT_FALSE(wire::isToken(bad)) << bad;
}

TEST(Syntax, FieldValues)
{
    for (const auto *good : {"", " ", "a\tb", "\"q\"", "caf\xe9", "\x80\xff", "~"})
        EXPECT_TRUE(wire::isFieldValue(good)) << good;
    for (int c = 0; c < 0x20; ++c)
        EXPECT_EQ(wire::isFieldValue("a"s + static_cast<char>(c) + "b"), c == '\t') << c;
    EXPECT_FALSE(wire::isFieldValue("\x7f"));
}

TEST(Syntax, RequestTargets)
{
    for (const auto *good : {"/", "*", "/a?b=c%23d", "/%00", "/caf\xc3\xa9", "http://h/"})
        EXPECT_TRUE(wire::isRequestTarget(good)) << good;
    for (const auto &bad : {""s, "/a b"s, "/a\tb"s, "/\r\n"s, "/\n"s, "/\0"s, "/\x7f"s, "/\x1f"s, "/a#b"s, "#"s})
        EXPECT_FALSE(wire::isRequestTarget(bad)) << bad;
}

TEST(Syntax, UpgradesToHttp)
{
    for (const auto *http :
         {"h2c", "H2C", "h2", "HTTP/2.0", "http/1.1", "TLS/1.0", "websocket, h2c", "h2c,websocket", " h2c "})
        EXPECT_TRUE(wire::upgradesToHttp(http)) << http;
    for (const auto *other : {"", ",", " ", "websocket", "WebSocket", "tcp", "h2cx", "echo/1, foo", "IRC/6.9"})
        EXPECT_FALSE(wire::upgradesToHttp(other)) << other;
}

TEST(CheckHead, RefusesBadRequests)
{
    expectRefusals<RequestHead>(
        samples::requestHead(),
        {
            {"no method", [](auto &head) { head.method.clear(); }},
            {"space in method", [](auto &head) { head.method = "GET /"; }},
            {"long method", [](auto &head) { head.method = std::string(wire::kMaxMethodBytes + 1, 'G'); }},
            {"no target", [](auto &head) { head.uri.clear(); }},
            {"CRLF in target", [](auto &head) { head.uri = "/\r\nX: y"; }},
            {"space in target", [](auto &head) { head.uri = "/ HTTP/1.1"; }},
            {"long target", [](auto &head) { head.uri = std::string(wire::kMaxTargetBytes + 1, '/'); },
             Code::HeadersTooLarge},
            {"version 2", [](auto &head) { head.version = 20; }},
            {"version 0.9", [](auto &head) { head.version = 9; }},
            {"empty name", [](auto &head) { head.headers.push_back({"", "x"}); }},
            {"space before colon", [](auto &head) { head.headers.push_back({"X-A ", "x"}); }},
            {"CRLF in value", [](auto &head) { head.headers.push_back({"X", "a\r\nY: b"}); }},
            {"LF in value", [](auto &head) { head.headers.push_back({"X", "a\nY: b"}); }},
            {"NUL in value", [](auto &head) { head.headers.push_back({"X", "a\0b"s}); }},
            {"CRLF in address", [](auto &head) { head.remoteAddress = "1\r\n"; }},
            {"long address", [](auto &head) { head.remoteAddress = std::string(wire::kMaxAddressBytes + 1, '1'); }},
            {"bad id", [](auto &head) { head.requestId = "req_1"; }},
            {"CRLF in upgrade", [](auto &head) { head.upgrade = "a\r\nb"; }},
            {"long upgrade", [](auto &head) { head.upgrade = std::string(wire::kMaxUpgradeBytes + 1, 'w'); }},
        });
}

TEST(CheckHead, RefusesBadResponses)
{
    expectRefusals<ResponseHead>(
        samples::responseHead(),
        {
            {"status 0", [](auto &head) { head.status = 0; }},
            {"status 99", [](auto &head) { head.status = 99; }},
            {"status 1000", [](auto &head) { head.status = 1000; }},
            {"CRLF in reason", [](auto &head) { head.reason = "OK\r\nX: y"; }},
            {"long reason", [](auto &head) { head.reason = std::string(wire::kMaxReasonBytes + 1, 'r'); }},
            {"upgrade without 101", [](auto &head) { head.status = 200; }},
            {"CR in value", [](auto &head) { head.headers.push_back({"X", "a\rb"}); }},
            {"CR in name", [](auto &head) { head.headers.push_back({"X\r", "a"}); }},
        });
}

TEST(CheckHeaders, BoundsCountAndSize)
{
    HeaderList headers(wire::kMaxHeaderCount, {"n", "v"});
    EXPECT_TRUE(wire::checkHeaders(headers));
    headers.push_back({"n", "v"});
    EXPECT_EQ(wire::checkHeaders(headers).error().code, Code::HeadersTooLarge);

    HeaderList big{{"n", std::string(wire::kMaxHeadBytes - 4, 'v')}};
    EXPECT_TRUE(wire::checkHeaders(big));
    big[0].value += 'v';
    EXPECT_EQ(wire::checkHeaders(big).error().code, Code::HeadersTooLarge);
}

TEST(CheckHead, CountsTheStartLine)
{
    RequestHead head;
    head.method = "GET";
    head.uri = "/" + std::string(1000, 'u');
    head.headers = {{"n", std::string(wire::kMaxHeadBytes - 1008, 'v')}};
    EXPECT_TRUE(wire::checkHead(head));
    head.uri += "u";
    EXPECT_EQ(wire::checkHead(head).error().code, Code::HeadersTooLarge);
}

TEST(CheckHead, TakesAHeadThatHasNoIdsYet)
{
    RequestHead head;
    head.method = "GET";
    head.uri = "/";
    EXPECT_TRUE(wire::checkHead(head));
}

struct FramingCase {
    BodyKind body;
    HeaderList headers;
    bool request;  // allowed in a request
    bool response; // allowed in a 200 response
};

const FramingCase kFramingCases[] = {
    {BodyKind::None, {}, true, true},
    {BodyKind::None, {{"content-length", "0"}}, true, true},
    {BodyKind::None, {{"Content-Length", "000"}}, true, true},
    {BodyKind::None, {{"Content-Length", ""}}, false, false},
    {BodyKind::None, {{"Content-Length", "5"}}, false, true}, // a response to HEAD
    {BodyKind::None, {{"Content-Length", "x"}}, false, false},
    {BodyKind::Sized, {{"Content-Length", "5"}}, true, true},
    {BodyKind::Sized, {{"Content-Length", "5"}, {"content-length", "5"}}, true, true},
    {BodyKind::Sized, {{"Content-Length", "5"}, {"content-length", "6"}}, false, false},
    {BodyKind::Sized, {{"Content-Length", "5"}, {"content-length", "05"}}, false, false},
    {BodyKind::Sized, {}, false, false},
    {BodyKind::Sized, {{"Content-Length", ""}}, false, false},
    {BodyKind::Sized, {{"Content-Length", "+5"}}, false, false},
    {BodyKind::Sized, {{"Content-Length", "-5"}}, false, false},
    {BodyKind::Sized, {{"Content-Length", "0x5"}}, false, false},
    {BodyKind::Sized, {{"Content-Length", "5, 5"}}, false, false},
    {BodyKind::Sized, {{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}, false, false},
    {BodyKind::Unknown, {}, true, true},
    {BodyKind::Unknown, {{"Content-Length", "5"}}, false, false},
    {BodyKind::Unknown, {{"transfer-encoding", "chunked"}}, false, false},
};

TEST(CheckFraming, LengthsAndKindsAgree)
{
    for (std::size_t i = 0; i < std::size(kFramingCases); ++i) {
        const auto &[body, headers, inRequest, inResponse] = kFramingCases[i];
        RequestHead request;
        request.headers = headers;
        request.body = body;
        ResponseHead response;
        response.status = 200;
        response.headers = headers;
        response.body = body;
        EXPECT_EQ(wire::checkFraming(request).has_value(), inRequest) << i;
        EXPECT_EQ(wire::checkFraming(response).has_value(), inResponse) << i;
    }
}

TEST(CheckFraming, SomeStatusesHaveNoBody)
{
    for (const unsigned status : {100U, 103U, 204U, 304U}) {
        ResponseHead head;
        head.status = status;
        head.body = BodyKind::Unknown;
        EXPECT_FALSE(wire::checkFraming(head)) << status;
        head.body = BodyKind::None;
        EXPECT_TRUE(wire::checkFraming(head)) << status;
    }
    EXPECT_TRUE(wire::checkFraming(samples::responseHead())); // 101: what follows is not HTTP
}

TEST(CheckTrailers, FitAnEndFrame)
{
    HeaderList trailers{{"n", std::string(wire::kMaxTrailerBytes - 11, 'v')}};
    EXPECT_TRUE(wire::checkTrailers(trailers));
    trailers[0].value += 'v';
    EXPECT_EQ(wire::checkTrailers(trailers).error().code, Code::HeadersTooLarge);
    EXPECT_FALSE(wire::checkTrailers({{"n", "a\r\nb"}}));
    EXPECT_TRUE(wire::checkTrailers({}));
}

} // namespace
