#include "guard/gate.h"
#include "wire/base64.h"

#include <gmock/gmock.h>

namespace {

using namespace guard;
using namespace std::chrono_literals;
using testing::HasSubstr;
using wire::Code;

constexpr const char *kHash = "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI";
constexpr const char *kPassword = "pleaseletmein";
const std::string kToken = "0123456789abcdef0123456789abcdef";
const Moment kStart{std::chrono::sys_seconds{1'800'000'000s}, SteadyTime{1000h}};

Moment after(std::chrono::seconds passed)
{
    return {kStart.wall + passed, kStart.steady + passed};
}

wire::RequestHead request(std::string method = "GET", std::string uri = "/", wire::HeaderList headers = {})
{
    wire::RequestHead head;
    head.method = std::move(method);
    head.uri = std::move(uri);
    head.headers = std::move(headers);
    head.remoteAddress = "192.0.2.1";
    return head;
}

wire::Header basic(const std::string &name, const std::string &password)
{
    return {"Authorization", "Basic " + wire::encodeBase64(name + ':' + password)};
}

Rules withLogin()
{
    return {.logins = {*parseLogin(std::string("ann:") + kHash)}};
}

Gate gateOf(Rules rules, Secrets secrets = {}, bool addressTrusted = true)
{
    return {std::move(rules), std::move(secrets), addressTrusted, kStart};
}

bool passes(const Verdict &verdict)
{
    return std::holds_alternative<Pass>(verdict);
}

std::optional<Code> refused(const Verdict &verdict)
{
    const auto *refuse = std::get_if<Refuse>(&verdict);
    return refuse ? std::optional(refuse->why.code) : std::nullopt;
}

unsigned replied(const Verdict &verdict)
{
    const auto *reply = std::get_if<Reply>(&verdict);
    return reply ? reply->head.status : 0;
}

wire::HeaderList preflightFields()
{
    return {{"Origin", "https://a.example"}, {"Access-Control-Request-Method", "POST"}};
}

TEST(Gate, WithoutRulesEverythingPasses)
{
    auto gate = gateOf({});
    auto head = request("DELETE", "//x/../..", {{"Authorization", "Basic mine"}});
    EXPECT_TRUE(passes(gate.onRequest(head, kStart)));
    gate.prepare(head);
    EXPECT_TRUE(wire::findHeader(head.headers, "Authorization")) << "it is the service's own";
}

TEST(Gate, ALoginIsDemandedAndHashedOnce)
{
    auto gate = gateOf(withLogin());
    EXPECT_EQ(replied(gate.onRequest(request(), kStart)), 401U);
    auto head = request("GET", "/", {basic("ann", kPassword)});
    const auto verdict = gate.onRequest(head, kStart);
    const auto *check = std::get_if<CheckPassword>(&verdict);
    ASSERT_TRUE(check && check->hash);
    EXPECT_TRUE(check->hash->matches(check->password));
    gate.onPassword(*check, true, kStart);
    EXPECT_TRUE(passes(gate.onRequest(head, kStart)));
    EXPECT_TRUE(passes(gate.onRequest(head, after(wire::kLoginRemembered - 1s))));
    EXPECT_TRUE(std::holds_alternative<CheckPassword>(gate.onRequest(head, after(wire::kLoginRemembered))));
    gate.prepare(head);
    EXPECT_FALSE(wire::findHeader(head.headers, "Authorization")) << "the tunnel's password is not for the service";
}

TEST(Gate, AWrongPasswordIsRefusedAndNotRemembered)
{
    auto gate = gateOf(withLogin());
    const auto head = request("GET", "/", {basic("ann", "guess")});
    const auto verdict = gate.onRequest(head, kStart);
    const auto &check = std::get<CheckPassword>(verdict);
    EXPECT_FALSE(check.hash->matches(check.password));
    gate.onPassword(check, false, kStart);
    EXPECT_EQ(replied(gate.wrongPassword(head)), 401U);
    EXPECT_TRUE(std::holds_alternative<CheckPassword>(gate.onRequest(head, kStart)));
}

TEST(Gate, AnUnknownNameIsHashedLikeAKnownOneAndNeverRight)
{
    auto gate = gateOf(withLogin());
    const auto head = request("GET", "/", {basic("eve", kPassword)});
    const auto verdict = gate.onRequest(head, kStart);
    const auto &check = std::get<CheckPassword>(verdict);
    EXPECT_FALSE(check.hash);
    gate.onPassword(check, true, kStart);
    EXPECT_FALSE(passes(gate.onRequest(head, kStart)));
}

TEST(Gate, GuessingIsSlowedDownAndOthersAreNot)
{
    auto gate = gateOf(withLogin());
    for (unsigned i = 0; i < wire::kFailedLoginBurst; ++i) {
        const auto verdict = gate.onRequest(request("GET", "/", {basic("ann", std::to_string(i))}), kStart);
        ASSERT_TRUE(std::holds_alternative<CheckPassword>(verdict)) << i;
        gate.onPassword(std::get<CheckPassword>(verdict), false, kStart);
    }
    EXPECT_EQ(refused(gate.onRequest(request("GET", "/", {basic("ann", kPassword)}), kStart)), Code::RateLimited);
    EXPECT_EQ(replied(gate.onRequest(request(), kStart)), 401U) << "asking for the login is no guess";
    auto other = request("GET", "/", {basic("ann", kPassword)});
    other.remoteAddress = "192.0.2.2";
    EXPECT_TRUE(std::holds_alternative<CheckPassword>(gate.onRequest(other, kStart)));
}

TEST(Gate, ManyRequestsWithOneLoginAreOneAttempt)
{
    auto gate = gateOf(withLogin());
    const auto head = request("GET", "/", {basic("ann", kPassword)});
    for (unsigned i = 0; i < 5 * wire::kFailedLoginBurst; ++i)
        EXPECT_TRUE(std::holds_alternative<CheckPassword>(gate.onRequest(head, kStart)));
    const auto verdict = gate.onRequest(head, kStart);
    gate.forgetCheck(std::get<CheckPassword>(verdict), kStart);
    EXPECT_TRUE(std::holds_alternative<CheckPassword>(gate.onRequest(head, kStart)));
}

TEST(Gate, ATokenOpensToo)
{
    auto rules = withLogin();
    rules.bearer = true;
    auto gate = gateOf(rules, {.tokens = {"another-token-of-some-length", kToken}});
    EXPECT_TRUE(passes(gate.onRequest(request("GET", "/", {{"Authorization", "Bearer " + kToken}}), kStart)));
    for (const std::string &wrong : {kToken + "x", kToken.substr(1), std::string("x")})
        EXPECT_EQ(replied(gate.onRequest(request("GET", "/", {{"Authorization", "Bearer " + wrong}}), kStart)), 401U);
    EXPECT_EQ(replied(gate.onRequest(request("GET", "/?access_token=" + kToken), kStart)), 401U)
        << "a token in a URL ends up in logs";
}

TEST(Gate, GuessingTokensIsSlowedDown)
{
    auto gate = gateOf({.bearer = true}, {.tokens = {kToken}});
    const auto guess = request("GET", "/", {{"Authorization", "Bearer guess"}});
    for (unsigned i = 0; i < wire::kFailedLoginBurst; ++i)
        EXPECT_EQ(replied(gate.onRequest(guess, kStart)), 401U);
    EXPECT_EQ(refused(gate.onRequest(guess, kStart)), Code::RateLimited);
}

TEST(Gate, AddressesAreAllowedAndDenied)
{
    auto gate = gateOf({.allow = {*wire::Cidr::parse("192.0.2.0/24")}, .deny = {*wire::Cidr::parse("192.0.2.7")}});
    const auto from = [](const char *address) {
        auto head = request();
        head.remoteAddress = address;
        return head;
    };
    EXPECT_TRUE(passes(gate.onRequest(from("192.0.2.1"), kStart)));
    EXPECT_TRUE(passes(gate.onRequest(from("::ffff:192.0.2.1"), kStart)));
    for (const char *address :
         {"192.0.2.7", "::ffff:192.0.2.7", "198.51.100.1", "::1", "", "unknown", "192.0.2.1, 10.0.0.1"})
        EXPECT_EQ(refused(gate.onRequest(from(address), kStart)), Code::Forbidden) << address;
    auto spoofed = from("198.51.100.1");
    spoofed.headers = {{"X-Forwarded-For", "192.0.2.1"}, {"Forwarded", "for=192.0.2.1"}, {"X-Real-IP", "192.0.2.1"}};
    EXPECT_EQ(refused(gate.onRequest(spoofed, kStart)), Code::Forbidden) << "fields are the visitor's to write";
}

TEST(Gate, WithoutATrustedServerNoAddressIsLetIn)
{
    auto gate = gateOf({.allow = {*wire::Cidr::parse("0.0.0.0/0")}}, {}, false);
    EXPECT_EQ(refused(gate.onRequest(request(), kStart)), Code::Forbidden);
    auto deny = gateOf({.deny = {*wire::Cidr::parse("198.51.100.1")}}, {}, false);
    EXPECT_EQ(refused(deny.onRequest(request(), kStart)), Code::Forbidden);
}

TEST(Gate, OnlySomeRequests)
{
    auto gate = gateOf({.only = {*RequestRule::parse("POST /webhooks/*")}});
    EXPECT_TRUE(passes(gate.onRequest(request("POST", "/webhooks/x"), kStart)));
    EXPECT_EQ(refused(gate.onRequest(request("GET", "/webhooks/x"), kStart)), Code::Forbidden);
    EXPECT_EQ(refused(gate.onRequest(request("POST", "/webhooks/../x"), kStart)), Code::Forbidden);
}

TEST(Gate, ExpiresAtATime)
{
    auto gate = gateOf({.expires = kStart.wall + 60s});
    EXPECT_TRUE(passes(gate.onRequest(request(), after(59s))));
    EXPECT_EQ(refused(gate.onRequest(request(), after(60s))), Code::Forbidden);
}

TEST(Gate, ExpiresWhenNobodyComes)
{
    auto rules = withLogin();
    rules.idle = 60s;
    auto gate = gateOf(rules);
    const auto head = request("GET", "/", {basic("ann", kPassword)});
    const auto verdict = gate.onRequest(head, after(50s));
    gate.onPassword(std::get<CheckPassword>(verdict), true, after(50s));
    EXPECT_TRUE(passes(gate.onRequest(head, after(50s))));
    EXPECT_EQ(replied(gate.onRequest(request(), after(100s))), 401U);
    EXPECT_TRUE(passes(gate.onRequest(head, after(109s)))) << "50 s ago somebody was let in";
    EXPECT_EQ(refused(gate.onRequest(head, after(169s))), Code::Forbidden);
    EXPECT_EQ(refused(gate.onRequest(head, after(170s))), Code::Forbidden) << "closed stays closed";
}

TEST(Gate, StrangersDoNotKeepItOpen)
{
    auto rules = withLogin();
    rules.idle = 60s;
    auto gate = gateOf(rules);
    for (int i = 0; i < 60; i += 10)
        EXPECT_EQ(replied(gate.onRequest(request(), after(std::chrono::seconds(i)))), 401U);
    EXPECT_EQ(refused(gate.onRequest(request(), after(60s))), Code::Forbidden);
}

TEST(Gate, SignedWebhooks)
{
    auto gate = gateOf({.webhook = WebhookRule{}}, {.webhooks = {"It's a Secret to Everybody"}});
    auto head = request("POST", "/",
                        {{"X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f"
                                                 "4379c8b043e17"}});
    EXPECT_TRUE(std::holds_alternative<ReadBody>(gate.onRequest(head, kStart)));
    EXPECT_TRUE(passes(gate.onBody(head, "Hello, World!", kStart)));
    EXPECT_EQ(refused(gate.onBody(head, "Hello, World?", kStart)), Code::Forbidden);
    EXPECT_EQ(refused(gate.onRequest(request("POST"), kStart)), Code::Forbidden) << "unsigned bodies are not even read";
    head.upgrade = "websocket";
    EXPECT_EQ(refused(gate.onRequest(head, kStart)), Code::Forbidden) << "what follows an upgrade is not signed";
}

TEST(Gate, ASignedPathNeedsNoLoginAndOtherPathsDo)
{
    auto rules = withLogin();
    rules.webhook = WebhookRule{.path = *PathPattern::parse("/hooks/*")};
    auto gate = gateOf(rules, {.webhooks = {"secret"}});
    const wire::HeaderList fields{{"X-Hub-Signature-256", "sha256=00"}};
    EXPECT_TRUE(std::holds_alternative<ReadBody>(gate.onRequest(request("POST", "/hooks/x", fields), kStart)));
    EXPECT_EQ(replied(gate.onRequest(request("POST", "/other", fields), kStart)), 401U);
    EXPECT_EQ(refused(gate.onRequest(request("POST", "/hooks/x", {basic("ann", kPassword)}), kStart)), Code::Forbidden);
}

TEST(Gate, ASignedPathCannotBeAvoidedByItsSpelling)
{
    auto gate = gateOf({.webhook = WebhookRule{.path = *PathPattern::parse("/hooks/*")}}, {.webhooks = {"secret"}});
    EXPECT_TRUE(passes(gate.onRequest(request("POST", "/other"), kStart)));
    for (const char *path : {"/hooks/x", "/HOOKS/x", "/%68ooks/x", "//hooks/x", "/./hooks/x", "/a/../hooks/x",
                             "/a/..%2fhooks/x", "/hooks;a/x", "/%2568ooks/x", "\\hooks\\x"})
        EXPECT_EQ(refused(gate.onRequest(request("POST", path), kStart)), Code::Forbidden) << path;
    EXPECT_EQ(refused(gate.onRequest(request("POST", "/other", {{"X-Original-URL", "/hooks/x"}}), kStart)),
              Code::Forbidden);
}

TEST(Gate, PreflightsPassTheLogin)
{
    auto gate = gateOf(withLogin());
    EXPECT_TRUE(passes(gate.onRequest(request("OPTIONS", "/api", preflightFields()), kStart)));
    EXPECT_EQ(replied(gate.onRequest(request("OPTIONS", "/api"), kStart)), 401U);
    EXPECT_EQ(replied(gate.onRequest(request("GET", "/api", preflightFields()), kStart)), 401U);
}

TEST(Gate, APreflightThatNamesAnotherMethodIsNone)
{
    auto gate = gateOf(withLogin());
    for (const char *field : {"X-HTTP-Method-Override", "x_http_method_override", "X-Original-URL"}) {
        auto fields = preflightFields();
        fields.push_back({field, "GET"});
        EXPECT_EQ(replied(gate.onRequest(request("OPTIONS", "/api", fields), kStart)), 401U) << field;
    }
}

TEST(Gate, PreflightsPassNothingElse)
{
    const auto head = request("OPTIONS", "/api", preflightFields());
    EXPECT_FALSE(passes(gateOf({.allow = {*wire::Cidr::parse("10.0.0.0/8")}}).onRequest(head, kStart)));
    EXPECT_FALSE(passes(gateOf({.expires = kStart.wall}).onRequest(head, kStart)));
    EXPECT_FALSE(passes(gateOf({.only = {*RequestRule::parse("GET /api")}}).onRequest(head, kStart)));
    EXPECT_FALSE(passes(gateOf({.askFirst = true}).onRequest(head, kStart)));
    EXPECT_FALSE(passes(gateOf({.webhook = WebhookRule{}}, {.webhooks = {"s"}}).onRequest(head, kStart)));
}

TEST(Gate, CorsIsAnsweredHere)
{
    auto rules = withLogin();
    rules.cors = true;
    auto gate = gateOf(rules);
    EXPECT_TRUE(gate.allowsEveryOrigin());
    EXPECT_EQ(replied(gate.onRequest(request("OPTIONS", "/api", preflightFields()), kStart)), 204U);
    const auto verdict = gate.onRequest(request(), kStart);
    EXPECT_EQ(wire::findHeader(std::get<Reply>(verdict).head.headers, "Access-Control-Allow-Origin"), "*");
}

TEST(Gate, TheOwnerIsAskedAboutAVisitorOnce)
{
    auto gate = gateOf({.askFirst = true});
    const auto head = request("GET", "/", {{"User-Agent", "curl/8\x01" + std::string(500, 'x')}});
    const auto verdict = gate.onRequest(head, kStart);
    const auto &ask = std::get<AskOwner>(verdict);
    EXPECT_EQ(ask.visitor, "192.0.2.1");
    EXPECT_TRUE(ask.userAgent.starts_with("curl/8 xxx"));
    EXPECT_EQ(ask.userAgent.size(), wire::kMaxShownUserAgent);
    gate.onVisitor(ask.visitor, true, kStart);
    EXPECT_TRUE(passes(gate.onRequest(head, kStart)));
    auto other = head;
    other.remoteAddress = "192.0.2.2";
    EXPECT_TRUE(std::holds_alternative<AskOwner>(gate.onRequest(other, kStart)));
    gate.onVisitor("192.0.2.2", false, kStart);
    EXPECT_EQ(refused(gate.onRequest(other, kStart)), Code::Forbidden);
}

TEST(Gate, OnlyWhoLoggedInIsAskedAbout)
{
    auto rules = withLogin();
    rules.askFirst = true;
    auto gate = gateOf(rules);
    EXPECT_EQ(replied(gate.onRequest(request(), kStart)), 401U);
}

TEST(Gate, ChangesHeaders)
{
    auto gate = gateOf({.setHeaders = {{"X-Env", "staging"}}, .removeHeaders = {"Cookie"}});
    auto head = request("GET", "/", {{"Cookie", "a=1"}, {"Accept", "*/*"}});
    EXPECT_TRUE(passes(gate.onRequest(head, kStart)));
    gate.prepare(head);
    EXPECT_EQ(head.headers, (wire::HeaderList{{"Accept", "*/*"}, {"X-Env", "staging"}}));
}

TEST(Gate, WhatVisitorsSeeTellsNothing)
{
    auto gate = gateOf(withLogin());
    const auto verdict = gate.onRequest(request(), kStart);
    const auto &reply = std::get<Reply>(verdict);
    EXPECT_THAT(reply.body, testing::Not(HasSubstr("ann")));
    EXPECT_EQ(reply.why->code, Code::Unauthorized);
}

} // namespace
