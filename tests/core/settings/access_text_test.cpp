#include "guard/header_rule.h"
#include "guard/span_text.h"
#include "settings/access_text.h"

#include <QTest>

using namespace settings;

namespace {

std::string text(const AccessEntry &access)
{
    return accessText(access, [](const QString &path) { return path.mid(5); });
}

} // namespace

class AccessTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutRulesThereIsNothing();
    void everyRuleIsWritten();
};

void AccessTextTest::withoutRulesThereIsNothing()
{
    QCOMPARE(text({}), std::string());
}

void AccessTextTest::everyRuleIsWritten()
{
    AccessEntry access;
    auto &rules = access.rules;
    rules.allow = {*wire::Cidr::parse("192.0.2.0/24"), *wire::Cidr::parse("::1")};
    rules.deny = {*wire::Cidr::parse("192.0.2.7")};
    rules.only = {*guard::RequestRule::parse("POST /webhooks/*")};
    rules.expires = *guard::parseTime("2026-12-01T12:00:00Z");
    rules.idle = *guard::parseDuration("2h");
    rules.webhook = guard::WebhookRule{guard::WebhookSender::Slack, *guard::PathPattern::parse("/hooks/*"),
                                       *guard::parseDuration("1m")};
    rules.cors = rules.askFirst = rules.bearer = true;
    rules.setHeaders = {*guard::parseSetHeader("X-Env: \"staging\"")};
    rules.removeHeaders = {"Cookie"};
    access.token = {SecretPlace::Keychain, QStringLiteral("shop-a1")};
    access.webhookSecret = {SecretPlace::File, QStringLiteral("/etc/slack.secret")};
    QCOMPARE(text(access), std::string("\n[tunnel.access]\n"
                                       "token = \"keychain:shop-a1\"\n"
                                       "allow = [\"192.0.2.0/24\", \"::1\"]\n"
                                       "deny = [\"192.0.2.7\"]\n"
                                       "only = [\"POST /webhooks/*\"]\n"
                                       "expires = \"2026-12-01T12:00:00Z\"\n"
                                       "expires_idle = \"2h\"\n"
                                       "webhook = \"slack\"\n"
                                       "webhook_path = \"/hooks/*\"\n"
                                       "webhook_tolerance = \"1m\"\n"
                                       "webhook_secret = \"file:slack.secret\"\n"
                                       "cors = true\n"
                                       "ask_first = true\n"
                                       "set_headers = [\"X-Env: \\\"staging\\\"\"]\n"
                                       "remove_headers = [\"Cookie\"]\n"));
}

QTEST_GUILESS_MAIN(AccessTextTest)
#include "access_text_test.moc"
