#include "guard/span_text.h"
#include "settings/access_table.h"
#include "settings/access_text.h"

#include <QTest>

using namespace settings;

namespace {

const std::string kUser = "ann:$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI";

wire::Result<AccessEntry> read(const std::string &lines)
{
    TomlReader toml(QStringLiteral("tunnels.toml"));
    AccessEntry access;
    toml.parse("[access]\n" + lines,
               [&](const toml::table &top) { readAccess(toml, top, QDir(QStringLiteral("/etc")), access); });
    if (auto outcome = toml.outcome(); !outcome)
        return std::unexpected(outcome.error());
    return access;
}

std::string mistake(const std::string &lines)
{
    const auto access = read(lines);
    return access ? std::string() : access.error().message;
}

} // namespace

class AccessTableTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsEveryKey();
    void readsBackWhatIsWritten();
    void aTimeMayStandWithoutQuotes();
    void mistakesAreTold_data();
    void mistakesAreTold();
    void secretsWrittenInTheClearAreNotPrinted();
};

void AccessTableTest::readsEveryKey()
{
    const auto access = read("users = [\"" + kUser + "\"]\n" + R"(token = "keychain:a"
allow = ["192.0.2.0/24"]
deny = ["192.0.2.7", "2001:db8::/32"]
only = ["POST /webhooks/*", "/health"]
expires = "2026-12-01T12:00:00Z"
expires_idle = "30m"
webhook = "github"
webhook_path = "/webhooks/*"
webhook_secret = "file:github.secret"
set_headers = ["X-Env: staging"]
remove_headers = ["Cookie"]
cors = true
ask_first = true
)");
    QVERIFY2(access.has_value(), access ? "" : access.error().message.c_str());
    const auto &rules = access->rules;
    QCOMPARE(rules.logins.size(), 1U);
    QVERIFY(rules.bearer && rules.cors && rules.askFirst);
    QCOMPARE(rules.deny.size(), 2U);
    QCOMPARE(rules.only.size(), 2U);
    QVERIFY(rules.expires == *guard::parseTime("2026-12-01T12:00:00Z"));
    QVERIFY(rules.idle == std::chrono::minutes(30));
    QCOMPARE(rules.webhook->path.text(), std::string("/webhooks/*"));
    QCOMPARE(access->webhookSecret.name, QStringLiteral("/etc/github.secret"));
}

void AccessTableTest::readsBackWhatIsWritten()
{
    const auto access = *read("users = [\"" + kUser + "\"]\n" + R"(token = "file:a b"
only = ["GET,POST /x"]
expires = "2026-12-01T12:00:00Z"
webhook = "stripe"
webhook_tolerance = "10m"
webhook_secret = "keychain:b"
set_headers = ["X-Text: a \"b\" \\ c"]
)");
    std::string text = accessText(access, [](const QString &path) { return path; });
    text.erase(0, text.find(']') + 2);
    const auto again = read(text);
    QVERIFY2(again.has_value(), text.c_str());
    QVERIFY2(*again == access, text.c_str());
}

void AccessTableTest::aTimeMayStandWithoutQuotes()
{
    QVERIFY(read("expires = 2026-12-01T13:00:00+01:00")->rules.expires == *guard::parseTime("2026-12-01T12:00:00Z"));
    QVERIFY(mistake("expires = 2026-12-01T13:00:00").find("not a point in time") != std::string::npos);
}

void AccessTableTest::mistakesAreTold_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QByteArray>("words");
    const auto add = [](const char *lines, const char *words) {
        QTest::newRow(lines) << QByteArray(lines) << QByteArray(words);
    };
    add("user = []", "unknown key \"user\" in [tunnel.access]");
    add("users = \"ann\"", "users must be a list of texts");
    add("allow = [\"10.1.2.3/8\"]", "tunnels.toml:2: allow: \"10.1.2.3/8\" has bits set");
    add("allow = [10]", "every item must be a text");
    add("only = [\"post /x\"]", "in capitals");
    add("only = [\"POST /x/../y\"]", "plainly");
    add("expires = \"tomorrow\"", "not a point in time");
    add("expires_idle = \"10\"", "not a span of time");
    add("expires_idle = \"10s\"", "closes after");
    add("webhook = \"gitlab\"", "github, stripe, slack and shopify");
    add("webhook = \"github\"", "webhook needs a webhook_secret");
    add("webhook_secret = \"keychain:a\"", "webhook_secret needs a webhook");
    add("webhook_path = \"/x\"", "need a webhook");
    add("set_headers = [\"Host: a\"]", "Host cannot be changed");
    add("cors = \"yes\"", "cors must be true or false");
}

void AccessTableTest::mistakesAreTold()
{
    QFETCH(QByteArray, lines);
    QFETCH(QByteArray, words);
    const auto message = mistake(lines.toStdString());
    QVERIFY2(message.find(words.toStdString()) != std::string::npos, message.c_str());
}

void AccessTableTest::secretsWrittenInTheClearAreNotPrinted()
{
    for (const char *lines : {"users = [\"ann:hunter2\"]", "users = [\"hunter2\"]", "token = \"hunter2\"",
                              "webhook_secret = \"hunter2\""}) {
        const auto message = mistake(lines);
        QVERIFY(!message.empty());
        QVERIFY2(message.find("hunter2") == std::string::npos, message.c_str());
    }
}

QTEST_GUILESS_MAIN(AccessTableTest)
#include "access_table_test.moc"
