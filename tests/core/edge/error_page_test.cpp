#include "edge/error_page.h"
#include "edge/page_html.h"
#include "wire/limits.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace {

using namespace std::chrono_literals;
using edge::Page;
using testing::HasSubstr;
using testing::Not;
using wire::Code;

constexpr std::string_view kHtml = "text/html";
constexpr Code kLast = Code::InternalError;

std::string valueOf(const Page &page, std::string_view name)
{
    return std::string(wire::findHeader(page.head.headers, name).value_or("(absent)"));
}

struct StatusCase {
    Code code;
    unsigned status;
};

TEST(StatusOf, IsTheProtocolsTable)
{
    const StatusCase table[] = {
        {Code::InvalidRequest, 400}, {Code::Unauthorized, 401},    {Code::Forbidden, 403},
        {Code::TunnelNotFound, 404}, {Code::PayloadTooLarge, 413}, {Code::HeadersTooLarge, 431},
        {Code::RateLimited, 429},    {Code::ConnectionLost, 502},  {Code::LocalServiceUnavailable, 503},
        {Code::Timeout, 504},        {Code::NameTaken, 409},       {Code::ProtocolError, 502},
        {Code::Cancelled, 502},      {Code::InternalError, 502},
    };
    EXPECT_EQ(std::size(table), static_cast<std::size_t>(kLast) + 1);
    for (const auto &[code, status] : table)
        EXPECT_EQ(edge::statusOf(code), status) << wire::codeName(code);
}

TEST(MakeErrorPage, EveryCodeHasAWholePage)
{
    for (std::size_t i = 0; i <= static_cast<std::size_t>(kLast); ++i) {
        const auto code = static_cast<Code>(i);
        const auto page = edge::makeErrorPage(code, "", {"GET", kHtml, "", "req_1"});
        EXPECT_EQ(page.head.status, edge::statusOf(code));
        EXPECT_FALSE(page.head.reason.empty());
        EXPECT_FALSE(edge::defaultSentence(code).empty());
        EXPECT_THAT(page.body, HasSubstr(edge::escapeHtml(edge::defaultSentence(code))));
        EXPECT_EQ(valueOf(page, "X-Tunnel-Error"), wire::codeName(code));
        EXPECT_EQ(valueOf(page, "X-Request-Id"), "req_1");
        EXPECT_EQ(valueOf(page, "Cache-Control"), "no-store");
        EXPECT_EQ(valueOf(page, "Content-Length"), std::to_string(page.body.size()));
        EXPECT_EQ(page.head.body, wire::BodyKind::Sized);
        EXPECT_TRUE(wire::checkHead(page.head));
        EXPECT_TRUE(wire::checkFraming(page.head));
    }
}

TEST(MakeRateLimitedPage, TellsWholeSecondsAndAtLeastOne)
{
    const std::pair<std::chrono::nanoseconds, const char *> table[] = {{0ns, "1"},      {1ns, "1"},       {1s, "1"},
                                                                       {1s + 1ns, "2"}, {59'500ms, "60"}, {1h, "3600"}};
    for (const auto &[wait, expected] : table) {
        const auto page = edge::makeRateLimitedPage("Too fast.", wait, {});
        EXPECT_EQ(page.head.status, 429U);
        EXPECT_EQ(valueOf(page, "Retry-After"), expected);
        EXPECT_EQ(valueOf(page, "X-Tunnel-Error"), "rate_limited");
        EXPECT_THAT(page.body, HasSubstr("Too fast."));
    }
}

TEST(MakeErrorPage, RetryAfterWith429And503Only)
{
    for (std::size_t i = 0; i <= static_cast<std::size_t>(kLast); ++i) {
        const auto page = edge::makeErrorPage(static_cast<Code>(i), "", {});
        const bool retry = page.head.status == 429 || page.head.status == 503;
        EXPECT_EQ(valueOf(page, "Retry-After"), retry ? std::to_string(wire::kRetryAfter.count()) : "(absent)");
    }
}

TEST(MakeErrorPage, JsonForPrograms)
{
    const auto page = edge::makeErrorPage(Code::Timeout, "It is \"slow\" \xff.", {"GET", "*/*", "", "req_1"});
    EXPECT_EQ(valueOf(page, "Content-Type"), "application/json");
    const auto json = nlohmann::json::parse(page.body);
    EXPECT_EQ(json["error"]["code"], "timeout");
    EXPECT_EQ(json["error"]["message"], "It is \"slow\" \xef\xbf\xbd.");
    EXPECT_EQ(json["error"]["request_id"], "req_1");
    EXPECT_EQ(json.size(), 1U);
    EXPECT_EQ(json["error"].size(), 3U);
}

TEST(MakeErrorPage, HtmlForPeopleIsEscapedAndLockedDown)
{
    const auto page =
        edge::makeErrorPage(Code::TunnelNotFound, "<script>alert(1)</script>", {"GET", kHtml, "", "\"><img>"});
    EXPECT_EQ(valueOf(page, "Content-Type"), "text/html; charset=utf-8");
    EXPECT_THAT(valueOf(page, "Content-Security-Policy"), HasSubstr("default-src 'none'"));
    EXPECT_EQ(valueOf(page, "X-Content-Type-Options"), "nosniff");
    EXPECT_THAT(page.body, Not(HasSubstr("<script")));
    EXPECT_THAT(page.body, Not(HasSubstr("<img")));
    EXPECT_THAT(page.body, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
    EXPECT_THAT(page.body, HasSubstr("404"));
}

TEST(MakeErrorPage, TextForTheRest)
{
    const auto page = edge::makeErrorPage(Code::LocalServiceUnavailable, "", {"GET", "image/png", "", "req_1"});
    EXPECT_EQ(valueOf(page, "Content-Type"), "text/plain; charset=utf-8");
    EXPECT_TRUE(page.body.starts_with("503 "));
    EXPECT_THAT(page.body, HasSubstr("req_1"));
}

TEST(MakeErrorPage, HeadHasTheFieldsOfGetAndNoBody)
{
    const auto get = edge::makeErrorPage(Code::Timeout, "", {"GET", kHtml, "", "req_1"});
    const auto head = edge::makeErrorPage(Code::Timeout, "", {"HEAD", kHtml, "", "req_1"});
    EXPECT_EQ(head.body, "");
    EXPECT_EQ(head.head.body, wire::BodyKind::None);
    EXPECT_EQ(head.head.headers, get.head.headers);
}

TEST(MakeErrorPage, CorsWithoutAnOrigin)
{
    const auto page = edge::makeErrorPage(Code::Timeout, "", {"GET", "", "", "req_1"});
    EXPECT_EQ(valueOf(page, "Access-Control-Allow-Origin"), "*");
    EXPECT_EQ(valueOf(page, "Access-Control-Allow-Credentials"), "(absent)");
    EXPECT_EQ(valueOf(page, "Vary"), "(absent)");
    EXPECT_THAT(valueOf(page, "Access-Control-Expose-Headers"), HasSubstr("X-Tunnel-Error"));
    EXPECT_THAT(valueOf(page, "Access-Control-Expose-Headers"), HasSubstr("X-Request-Id"));
}

TEST(MakeErrorPage, CorsNamesTheOriginSoThatCredentialsMayBeSent)
{
    const auto page = edge::makeErrorPage(Code::Timeout, "", {"GET", "", "https://app.example.com", "req_1"});
    EXPECT_EQ(valueOf(page, "Access-Control-Allow-Origin"), "https://app.example.com");
    EXPECT_EQ(valueOf(page, "Access-Control-Allow-Credentials"), "true");
    EXPECT_EQ(valueOf(page, "Vary"), "Origin");
    const auto forged = edge::makeErrorPage(Code::Timeout, "", {"GET", "", "x\r\nSet-Cookie: a=b", "req_1"});
    EXPECT_EQ(valueOf(forged, "Access-Control-Allow-Origin"), "*");
}

TEST(MakeErrorPage, NeverConsentsToAPreflight)
{
    const auto page = edge::makeErrorPage(Code::Timeout, "", {"OPTIONS", "*/*", "https://app.example.com", "req_1"});
    EXPECT_EQ(page.head.status, 504U);
    EXPECT_EQ(valueOf(page, "Access-Control-Allow-Methods"), "(absent)");
    EXPECT_EQ(valueOf(page, "Access-Control-Allow-Headers"), "(absent)");
}

TEST(MakeLateRequestPage, BlamesTheVisitorsOwnRequest)
{
    const auto page = edge::makeLateRequestPage({"POST", kHtml, "", "req_1"});
    EXPECT_EQ(page.head.status, 408U);
    EXPECT_EQ(page.head.reason, "Request Timeout");
    EXPECT_EQ(valueOf(page, "X-Tunnel-Error"), "timeout");
    EXPECT_EQ(valueOf(page, "Retry-After"), "(absent)");
    EXPECT_THAT(page.body, HasSubstr("did not arrive in time"));
    EXPECT_THAT(page.body, Not(HasSubstr("service")));
}

TEST(MakeReconnectingPage, AsksToComeBackInAMoment)
{
    const auto page = edge::makeReconnectingPage({"GET", "*/*", "", "req_1"});
    EXPECT_EQ(page.head.status, 503U);
    EXPECT_EQ(valueOf(page, "X-Tunnel-Error"), "connection_lost");
    EXPECT_EQ(valueOf(page, "Retry-After"), std::to_string(wire::kRetryAfter.count()));
    EXPECT_EQ(nlohmann::json::parse(page.body)["error"]["code"], "connection_lost");
}

TEST(PageRequestFor, BorrowsFromTheHead)
{
    wire::RequestHead head;
    head.method = "HEAD";
    head.requestId = "req_1";
    head.headers = {{"accept", "text/html"}, {"ORIGIN", "null"}};
    const auto request = edge::pageRequestFor(head);
    EXPECT_EQ(request.method, "HEAD");
    EXPECT_EQ(request.accept, "text/html");
    EXPECT_EQ(request.origin, "null");
    EXPECT_EQ(request.requestId, "req_1");
}

TEST(MakeLandingPage, SaysWhatThisIsInEveryFormat)
{
    for (const char *accept : {"text/html", "*/*", "image/png"}) {
        const auto page = edge::makeLandingPage({"GET", accept, "", "req_1"});
        EXPECT_EQ(page.head.status, 200U);
        EXPECT_THAT(page.body, HasSubstr("HTTP Tunnel"));
        EXPECT_EQ(valueOf(page, "Content-Length"), std::to_string(page.body.size()));
        EXPECT_EQ(valueOf(page, "X-Tunnel-Error"), "(absent)");
        EXPECT_EQ(valueOf(page, "X-Request-Id"), "req_1");
    }
    EXPECT_EQ(edge::makeLandingPage({"HEAD", "*/*", "", ""}).body, "");
}

TEST(MakeRedirect, KeepsTheMethod)
{
    const auto page = edge::makeRedirect("/shop/?a=b", {"POST", "*/*", "", "req_1"});
    EXPECT_EQ(page.head.status, 308U);
    EXPECT_EQ(page.head.reason, "Permanent Redirect");
    EXPECT_EQ(valueOf(page, "Location"), "/shop/?a=b");
    EXPECT_EQ(valueOf(page, "Cache-Control"), "no-store");
    EXPECT_EQ(valueOf(page, "Content-Length"), std::to_string(page.body.size()));
}

} // namespace
