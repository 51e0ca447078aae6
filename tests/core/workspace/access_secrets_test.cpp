#include "core/workspace/locked_store.h"
#include "core/workspace/test_workspace.h"
#include "workspace/access_secrets.h"

#include <QTest>

using settings::AccessEntry;
using settings::Secret;
using settings::SecretPlace;
using support::Home;
using support::LockedStore;
using wire::Result;

namespace {

using Found = std::optional<Result<guard::Secrets>>;

AccessEntry entry(const settings::SecretRef &token, const settings::SecretRef &webhook)
{
    AccessEntry access;
    access.token = token;
    access.webhookSecret = webhook;
    return access;
}

settings::SecretRef keychain(const char *name)
{
    return {SecretPlace::Keychain, QString::fromLatin1(name)};
}

} // namespace

class AccessSecretsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noneAreNeeded();
    void comeFromKeychainAndFile();
    void aMissingOneIsAnErrorWithItsName();
    void aLockedKeyringIsAnError();

private:
    Found ask(const AccessEntry &access, settings::SecretStore &store)
    {
        auto found = std::make_shared<Found>();
        workspace::readAccessSecrets(access, store, this, [found](const auto &secrets) { *found = secrets; });
        [&] { QTRY_VERIFY(found->has_value()); }();
        return *found;
    }
};

void AccessSecretsTest::noneAreNeeded()
{
    settings::SessionSecretStore store;
    QVERIFY(ask({}, store)->value() == guard::Secrets{});
}

void AccessSecretsTest::comeFromKeychainAndFile()
{
    Home home;
    home.secrets.set(keychain("a").account(), Secret("token-one\ntoken-two\n"));
    const QString path = home.folder.filePath(QStringLiteral("hook"));
    Home::write(path, " It's a Secret to Everybody \r\n\n");
    const auto found = ask(entry(keychain("a"), {SecretPlace::File, path}), home.secrets);
    QVERIFY(found->has_value());
    QVERIFY((found->value().tokens == std::vector<std::string>{"token-one", "token-two"}));
    QVERIFY((found->value().webhooks == std::vector<std::string>{"It's a Secret to Everybody"}));
}

void AccessSecretsTest::aMissingOneIsAnErrorWithItsName()
{
    settings::SessionSecretStore store;
    const auto kept = ask(entry(keychain("shop-a1"), {}), store);
    QVERIFY(kept->error().message.find("shop-a1") != std::string::npos);
    const auto file = ask(entry({}, {SecretPlace::File, QStringLiteral("/nowhere/hook")}), store);
    QVERIFY(file->error().message.find("/nowhere/hook") != std::string::npos);
}

void AccessSecretsTest::aLockedKeyringIsAnError()
{
    LockedStore store;
    QVERIFY(!ask(entry({}, keychain("a")), store)->has_value());
}

QTEST_GUILESS_MAIN(AccessSecretsTest)
#include "access_secrets_test.moc"
