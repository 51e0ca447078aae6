#include "guard/crypto.h"
#include "guard/webhook.h"

#include <gmock/gmock.h>

#include <vector>

namespace {

using guard::WebhookSender;
using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr auto kTolerance = 300s;

struct Sent {
    WebhookSender sender;
    std::string secret;
    std::string body;
    wire::HeaderList headers;
    std::chrono::sys_seconds at;
};

// GitHub, "Testing the webhook payload validation" of its documentation.
Sent gitHub()
{
    return {WebhookSender::GitHub,
            "It's a Secret to Everybody",
            "Hello, World!",
            {{"X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"}},
            {}};
}

// Slack, the worked example of "Verifying requests from Slack".
Sent slack()
{
    return {WebhookSender::Slack,
            "8f742231b10e8888abcd99yyyzzz85a5",
            "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&"
            "channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url="
            "https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id="
            "398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
            {{"X-Slack-Request-Timestamp", "1531420618"},
             {"X-Slack-Signature", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"}},
            std::chrono::sys_seconds{1'531'420'618s}};
}

// Stripe publishes no signature with its secret: the payload and secret of its own libraries' tests, the time of its
// documentation's header, and the signature that Python's hmac makes of them.
Sent stripe()
{
    return {WebhookSender::Stripe,
            "whsec_test_secret",
            "{\n  \"id\": \"evt_test_webhook\",\n  \"object\": \"event\"\n}",
            {{"Stripe-Signature", "t=1492774577,v1=c2f890decbc5ede7c5060bb9a6d31e0626a4342bacb9aeae2adb1bcea72f9812,"
                                  "v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39"}},
            std::chrono::sys_seconds{1'492'774'577s}};
}

// Shopify publishes none either: the vector that the documentation of SQLPage's hmac() has for it.
Sent shopify()
{
    return {WebhookSender::Shopify,
            "test-webhook-secret",
            R"({"id":1234567890,"email":"customer@example.com","total_price":"123.45"})",
            {{"X-Shopify-Hmac-Sha256", "QNyObTlKbMx2qDlPF/ZOZcBqg5OgPg+2oky3zldc0Gw="}},
            {}};
}

wire::Result<> verify(const Sent &sent, std::vector<std::string> secrets, std::chrono::seconds later = 0s)
{
    return guard::verifyWebhook(sent.sender, secrets, {sent.headers, sent.body}, sent.at + later, kTolerance);
}

class Webhook : public testing::TestWithParam<Sent (*)()> {};

TEST_P(Webhook, GenuineIsAccepted)
{
    const auto sent = GetParam()();
    EXPECT_TRUE(guard::isSigned(sent.sender, sent.headers));
    EXPECT_TRUE(verify(sent, {sent.secret}));
    EXPECT_TRUE(verify(sent, {"the old one", sent.secret})) << "while a secret is changed, both hold";
}

TEST_P(Webhook, AnythingElseIsRefused)
{
    const auto sent = GetParam()();
    EXPECT_FALSE(verify(sent, {"another secret"}));
    EXPECT_FALSE(verify(sent, {}));
    auto changed = sent;
    changed.body += ' ';
    EXPECT_FALSE(verify(changed, {sent.secret}));
    changed.body.clear();
    EXPECT_FALSE(verify(changed, {sent.secret}));
    for (std::size_t field = 0; field < sent.headers.size(); ++field) {
        changed = sent;
        changed.headers.erase(changed.headers.begin() + std::ptrdiff_t(field));
        EXPECT_FALSE(verify(changed, {sent.secret})) << "without " << sent.headers[field].name;
        EXPECT_FALSE(guard::isSigned(sent.sender, changed.headers));
        changed = sent;
        changed.headers[field].value.clear();
        EXPECT_FALSE(verify(changed, {sent.secret}));
        changed = sent;
        changed.headers.push_back(changed.headers[field]);
        EXPECT_FALSE(verify(changed, {sent.secret})) << "two of a field can be read in two ways";
        changed = sent;
        auto &value = changed.headers[field].value;
        value[value.size() / 2] = value[value.size() / 2] == '1' ? '2' : '1';
        EXPECT_FALSE(verify(changed, {sent.secret}));
    }
}

INSTANTIATE_TEST_SUITE_P(Senders, Webhook, testing::Values(gitHub, slack, stripe, shopify));

class TimedWebhook : public testing::TestWithParam<Sent (*)()> {};

TEST_P(TimedWebhook, OldOnesAreRefused)
{
    const auto sent = GetParam()();
    EXPECT_TRUE(verify(sent, {sent.secret}, kTolerance));
    EXPECT_TRUE(verify(sent, {sent.secret}, -kTolerance));
    EXPECT_THAT(verify(sent, {sent.secret}, kTolerance + 1s).error().message, HasSubstr("301 seconds ago"));
    EXPECT_THAT(verify(sent, {sent.secret}, -kTolerance - 1s).error().message, HasSubstr("ahead"));
}

INSTANTIATE_TEST_SUITE_P(Senders, TimedWebhook, testing::Values(slack, stripe));

TEST(Stripe, AnyOfItsSignaturesMayFit)
{
    auto sent = stripe();
    sent.headers[0].value = "t=1492774577,v1=00,v1=c2f890decbc5ede7c5060bb9a6d31e0626a4342bacb9aeae2adb1bcea72f9812";
    EXPECT_TRUE(verify(sent, {sent.secret}));
    sent.headers[0].value = "t=1492774577,v0=c2f890decbc5ede7c5060bb9a6d31e0626a4342bacb9aeae2adb1bcea72f9812";
    EXPECT_FALSE(verify(sent, {sent.secret})) << "v0 is for test events and is not to be accepted";
}

TEST(Stripe, TheTimeMustBeANumber)
{
    for (const std::string time : {"", "now", "-1492774577", "1492774577x", "99999999999999999999"}) {
        auto sent = stripe();
        const auto signature = guard::hmacSha256(sent.secret, time + "." + sent.body);
        std::string hex;
        for (const char c : signature) {
            constexpr std::string_view kDigits = "0123456789abcdef";
            hex += kDigits[static_cast<unsigned char>(c) >> 4U];
            hex += kDigits[static_cast<unsigned char>(c) & 15U];
        }
        sent.headers[0].value = "t=" + time + ",v1=" + hex;
        EXPECT_FALSE(verify(sent, {sent.secret})) << time;
    }
}

TEST(WebhookSender, Words)
{
    for (const char *text : {"github", "stripe", "slack", "shopify"})
        EXPECT_EQ(guard::webhookSenderText(*guard::parseWebhookSender(text)), text);
    EXPECT_EQ(guard::webhookSenderName(WebhookSender::GitHub), "GitHub");
    EXPECT_THAT(guard::parseWebhookSender("gitlab").error().message, HasSubstr("github, stripe"));
}

} // namespace
