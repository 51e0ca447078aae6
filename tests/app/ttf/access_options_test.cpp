#include "ttf/access_options.h"

#include <QDir>
#include <QTest>

using namespace ttf;

namespace {

std::string mistake(const AccessWords &words)
{
    const auto options = readAccessOptions(words);
    return options ? std::string() : options.error().message;
}

} // namespace

class AccessOptionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsNothing();
    void everyOptionIsARule();
    void aTimeIsASpanOrAPoint();
    void mistakesNameTheirOption();
};

void AccessOptionsTest::nothingIsNothing()
{
    QVERIFY(*readAccessOptions({}) == AccessOptions{});
}

void AccessOptionsTest::everyOptionIsARule()
{
    AccessWords words;
    words.loginFile = "logins";
    words.tokenFile = "tokens";
    words.allow = {"192.0.2.0/24", "::1"};
    words.deny = {"192.0.2.7"};
    words.only = {"POST /webhooks/*"};
    words.webhook = "github";
    words.webhookSecretFile = "/run/hook";
    words.cors = true;
    const auto options = readAccessOptions(words);
    QVERIFY(options.has_value());
    const auto &rules = options->access.rules;
    QCOMPARE(options->loginFile, QStringLiteral("logins"));
    QCOMPARE(options->access.token.name, QDir::current().absoluteFilePath(QStringLiteral("tokens")));
    QVERIFY(rules.bearer && rules.cors);
    QCOMPARE(rules.allow.size(), 2U);
    QCOMPARE(rules.deny.size(), 1U);
    QCOMPARE(rules.only.front().text(), std::string("POST /webhooks/*"));
    QCOMPARE(rules.webhook->sender, guard::WebhookSender::GitHub);
    QCOMPARE(options->access.webhookSecret.name, QStringLiteral("/run/hook"));
}

void AccessOptionsTest::aTimeIsASpanOrAPoint()
{
    AccessWords words;
    words.expires = "2h";
    QVERIFY(readAccessOptions(words)->openFor == std::chrono::hours(2));
    words.expires = "2026-12-01T12:00:00Z";
    QVERIFY(readAccessOptions(words)->access.rules.expires.has_value());
}

void AccessOptionsTest::mistakesNameTheirOption()
{
    AccessWords words;
    words.allow = {"10.1.2.3/8"};
    QVERIFY(mistake(words).starts_with("--allow-cidr: "));
    words = {};
    words.deny = {"x"};
    QVERIFY(mistake(words).starts_with("--deny-cidr: "));
    words = {};
    words.only = {"post /x"};
    QVERIFY(mistake(words).starts_with("--only: "));
    words = {};
    words.expires = "soon";
    QVERIFY(mistake(words).starts_with("--expires: "));
    words = {};
    words.webhook = "gitlab";
    words.webhookSecretFile = "x";
    QVERIFY(mistake(words).starts_with("--webhook: "));
    words.webhook = "github";
    words.webhookSecretFile.clear();
    QVERIFY(!mistake(words).empty());
}

QTEST_GUILESS_MAIN(AccessOptionsTest)
#include "access_options_test.moc"
