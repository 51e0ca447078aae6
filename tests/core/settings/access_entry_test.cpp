#include "settings/access_entry.h"

#include <QTest>

using namespace settings;

class AccessEntryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSecretIsNamedNotWritten();
    void whatMayBeTheSecretIsNotQuoted();
    void aWebhookNeedsItsSecret();
};

void AccessEntryTest::aSecretIsNamedNotWritten()
{
    const auto keychain = parseSecretRef("keychain:shop-a1");
    QVERIFY(keychain.has_value());
    QCOMPARE(keychain->account(), QStringLiteral("tunnel-access:shop-a1"));
    const auto file = parseSecretRef("file:/run/secrets/a b");
    QVERIFY(file.has_value());
    QCOMPARE(file->name, QStringLiteral("/run/secrets/a b"));
    QVERIFY(!SecretRef{}.isSet());
}

void AccessEntryTest::whatMayBeTheSecretIsNotQuoted()
{
    for (const char *text : {"", "hunter2", "keychain:", "keychain:hunter 2", "file:", "env:HUNTER"}) {
        const auto parsed = parseSecretRef(text);
        QVERIFY2(!parsed, text);
        QVERIFY(parsed.error().message.find("unter") == std::string::npos);
    }
}

void AccessEntryTest::aWebhookNeedsItsSecret()
{
    AccessEntry entry{.rules = {.webhook = guard::WebhookRule{}}};
    QVERIFY(!checkAccess(entry));
    entry.webhookSecret = {SecretPlace::Keychain, QStringLiteral("a")};
    QVERIFY(checkAccess(entry).has_value());
    entry.rules.webhook.reset();
    QVERIFY(!checkAccess(entry));
}

QTEST_GUILESS_MAIN(AccessEntryTest)
#include "access_entry_test.moc"
