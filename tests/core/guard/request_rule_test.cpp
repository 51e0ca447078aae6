#include "guard/request_rule.h"

#include <gtest/gtest.h>

namespace {

using guard::PathPattern;
using guard::RequestRule;

wire::RequestHead request(std::string method, std::string uri, wire::HeaderList headers = {})
{
    wire::RequestHead head;
    head.method = std::move(method);
    head.uri = std::move(uri);
    head.headers = std::move(headers);
    return head;
}

bool lets(const std::vector<const char *> &texts, const wire::RequestHead &head)
{
    std::vector<RequestRule> rules;
    for (const char *text : texts)
        rules.push_back(*RequestRule::parse(text));
    return guard::letsThrough(rules, head);
}

TEST(RequestRule, LetsThroughWhatItNames)
{
    EXPECT_TRUE(lets({}, request("DELETE", "//anything/..")));
    EXPECT_TRUE(lets({"POST /webhooks/*"}, request("POST", "/webhooks/github?id=1")));
    EXPECT_TRUE(lets({"POST /webhooks/*"}, request("POST", "/webhooks/a/b/")));
    EXPECT_TRUE(lets({"GET /a", "POST /webhooks/*"}, request("POST", "/webhooks/x")));
    EXPECT_TRUE(lets({"/health"}, request("PATCH", "/health")));
    EXPECT_TRUE(lets({"GET,POST /api/*"}, request("POST", "/api/x")));
    EXPECT_TRUE(lets({"GET /x"}, request("HEAD", "/x")));
    EXPECT_TRUE(lets({"PUT /x"}, request("OPTIONS", "/x",
                                         {{"Origin", "https://a.example"}, {"Access-Control-Request-Method", "PUT"}})));
}

struct Attack {
    const char *method;
    const char *uri;
};

class GettingAround : public testing::TestWithParam<Attack> {};

TEST_P(GettingAround, IsRefused)
{
    EXPECT_FALSE(lets({"POST /webhooks/*"}, request(GetParam().method, GetParam().uri)));
}

INSTANTIATE_TEST_SUITE_P(
    Attacks, GettingAround,
    testing::Values(Attack{"GET", "/webhooks/x"}, Attack{"post", "/webhooks/x"}, Attack{"POSTX", "/webhooks/x"},
                    Attack{"HEAD", "/webhooks/x"}, Attack{"OPTIONS", "/webhooks/x"}, Attack{"POST", "/"},
                    Attack{"POST", "/webhooks"}, Attack{"POST", "/webhooksX/"}, Attack{"POST", "/Webhooks/x"},
                    Attack{"POST", "/WEBHOOKS/x"}, Attack{"POST", "/admin?/webhooks/"}, Attack{"POST", "/admin"},
                    Attack{"POST", "/webhooks/../admin"}, Attack{"POST", "/webhooks/%2e%2e/admin"},
                    Attack{"POST", "/webhooks/..;/admin"}, Attack{"POST", "/webhooks//../admin"},
                    Attack{"POST", "/webhooks%2fx"}, Attack{"POST", "//webhooks/x"}, Attack{"POST", "/./webhooks/x"},
                    Attack{"POST", "/admin/../webhooks/x"}, Attack{"POST", "/admin;/webhooks/"},
                    Attack{"POST", "/%2577ebhooks/x"}, Attack{"POST", "http://localhost/webhooks/x"},
                    Attack{"POST", "*"}, Attack{"POST", ""}));

TEST(RequestRule, FieldsCannotNameAnotherMethodOrPath)
{
    for (const char *field : {"X-HTTP-Method-Override", "x-http-method", "X-Method-Override", "X-Original-URL",
                              "X-Rewrite-URL", "X-Original-URI", "X_HTTP_METHOD_OVERRIDE", "x-original_url"})
        EXPECT_FALSE(lets({"POST /webhooks/*"}, request("POST", "/webhooks/x", {{field, "DELETE"}}))) << field;
}

TEST(RequestRule, APreflightIsJudgedByWhatItAsksAbout)
{
    const wire::HeaderList asksDelete{{"Origin", "https://a.example"}, {"Access-Control-Request-Method", "DELETE"}};
    EXPECT_FALSE(lets({"PUT /x"}, request("OPTIONS", "/x", asksDelete)));
    EXPECT_FALSE(lets({"DELETE /x"}, request("OPTIONS", "/y", asksDelete)));
    EXPECT_FALSE(lets({"DELETE /x"}, request("GET", "/x", asksDelete)));
}

TEST(RequestRule, ReadsBackAsItIsWritten)
{
    for (const char *text : {"POST /webhooks/*", "GET,POST /api", "/health", "/*", "/"})
        EXPECT_EQ(RequestRule::parse(text)->text(), text);
}

TEST(RequestRule, RefusesWhatWouldNotMeanWhatItSays)
{
    for (const char *text :
         {"", " ", "POST", "POST ", "POST webhooks", "post /x", "POST  /x", "POST /a/*/b", "POST /a*b*", "POST /a//b",
          "POST /a/../b", "POST /%61", "POST /a?b", "POST /a;b", "G@T /x", ", /x", "GET, POST /x", "POST /x /y*z"})
        EXPECT_FALSE(RequestRule::parse(text)) << text;
    EXPECT_FALSE(RequestRule::parse("/" + std::string(2000, 'a')));
}

TEST(PathPattern, WithoutLetterCase)
{
    const auto pattern = *PathPattern::parse("/Hooks/*");
    EXPECT_TRUE(pattern.matchesAnyCase("/hooks/x"));
    EXPECT_TRUE(pattern.matchesAnyCase("/HOOKS/"));
    EXPECT_FALSE(pattern.matchesAnyCase("/hooks"));
    EXPECT_FALSE(pattern.matches("/hooks/x"));
    EXPECT_FALSE(pattern.matchesAll());
    EXPECT_TRUE(PathPattern().matchesAll());
    EXPECT_TRUE(PathPattern::parse("/*")->matchesAll());
    EXPECT_FALSE(PathPattern::parse("/")->matchesAll());
}

} // namespace
