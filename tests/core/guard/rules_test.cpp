#include "guard/rules.h"

#include <gmock/gmock.h>

namespace {

using guard::Rules;
using guard::Secrets;
using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr const char *kHash = "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI";

guard::Login login(const std::string &name)
{
    return *guard::parseLogin(name + ':' + kHash);
}

TEST(Rules, SayWhoIsPublic)
{
    Rules rules;
    EXPECT_TRUE(rules.empty());
    EXPECT_TRUE(rules.publicToEveryone());
    rules.only = {*guard::RequestRule::parse("GET /")};
    rules.expires = std::chrono::sys_seconds{1s};
    rules.cors = true;
    rules.deny = {*wire::Cidr::parse("192.0.2.1")};
    EXPECT_FALSE(rules.empty());
    EXPECT_TRUE(rules.publicToEveryone()) << "none of these asks who somebody is";
    rules.webhook = guard::WebhookRule{.path = *guard::PathPattern::parse("/hooks/*")};
    EXPECT_TRUE(rules.publicToEveryone()) << "other paths are open";
    rules.webhook->path = {};
    EXPECT_FALSE(rules.publicToEveryone());
    EXPECT_FALSE(Rules{.logins = {login("ann")}}.publicToEveryone());
    EXPECT_FALSE(Rules{.bearer = true}.publicToEveryone());
    EXPECT_FALSE(Rules{.allow = {*wire::Cidr::parse("192.0.2.1")}}.publicToEveryone());
    EXPECT_FALSE(Rules{.askFirst = true}.publicToEveryone());
}

TEST(Rules, ALoginIsANameAndAHash)
{
    EXPECT_EQ(guard::loginText(login("ann")), std::string("ann:") + kHash);
    for (const std::string text : {"", "ann", "ann:secret", ":x", "a\tb:x"})
        EXPECT_FALSE(guard::parseLogin(text)) << text;
    EXPECT_THAT(guard::parseLogin("ann:hunter2").error().message, testing::Not(HasSubstr("hunter2")))
        << "a password written in the clear must not be printed";
    EXPECT_THAT(guard::parseLogin("hunter2").error().message, testing::Not(HasSubstr("hunter2")));
}

TEST(Rules, AreChecked)
{
    EXPECT_TRUE(guard::checkRules({}));
    EXPECT_TRUE(guard::checkRules({.logins = {login("ann"), login("bob")}, .idle = 2h}));
    EXPECT_THAT(guard::checkRules({.logins = {login("ann"), login("ann")}}).error().message, HasSubstr("twice"));
    EXPECT_FALSE(guard::checkRules({.idle = 59s}));
    EXPECT_FALSE(guard::checkRules({.idle = wire::kMaxExpiry + 1s}));
    EXPECT_FALSE(guard::checkRules({.webhook = guard::WebhookRule{.tolerance = 0s}}));
    EXPECT_FALSE(guard::checkRules({.webhook = guard::WebhookRule{.tolerance = wire::kMaxWebhookTolerance + 1s}}));
    Rules many;
    for (std::size_t i = 0; i <= wire::kMaxTunnelLogins; ++i)
        many.logins.push_back(login("u" + std::to_string(i)));
    EXPECT_THAT(guard::checkRules(many).error().message, HasSubstr("65 users"));
    EXPECT_FALSE(guard::checkRules(
        {.allow = std::vector<wire::Cidr>(wire::kMaxAddressRules + 1, *wire::Cidr::parse("192.0.2.1"))}));
}

TEST(Rules, SecretsMustBeThere)
{
    const std::string token(32, 'a');
    EXPECT_TRUE(guard::checkSecrets({}, {}));
    EXPECT_FALSE(guard::checkSecrets({.bearer = true}, {}));
    EXPECT_TRUE(guard::checkSecrets({.bearer = true}, {.tokens = {token}}));
    EXPECT_FALSE(guard::checkSecrets({.bearer = true}, {.tokens = {"short"}}));
    EXPECT_FALSE(guard::checkSecrets({.bearer = true}, {.tokens = {""}})) << "an empty token would let everybody in";
    const Rules signedRules{.webhook = guard::WebhookRule{}};
    EXPECT_THAT(guard::checkSecrets(signedRules, {}).error().message, HasSubstr("GitHub"));
    EXPECT_FALSE(guard::checkSecrets(signedRules, {.webhooks = {""}}));
    EXPECT_FALSE(guard::checkSecrets(signedRules, {.webhooks = {"two\nlines"}}));
    EXPECT_TRUE(guard::checkSecrets(signedRules, {.webhooks = {"It's a Secret to Everybody"}}));
}

} // namespace
