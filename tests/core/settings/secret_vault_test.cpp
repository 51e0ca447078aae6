#include "settings/secret_vault.h"
#include "store_calls.h"

#include <QFile>
#include <QTemporaryDir>

using namespace settings;
using support::read;
using support::write;
using wire::Code;
using wire::Result;

namespace {

const QString kAccount = QStringLiteral("https://relay.example.com");
constexpr std::string_view kPassphrase = "correct horse battery";

// A keychain that can be taken away.
class Keychain : public SessionSecretStore {
public:
    void read(const QString &account, QObject *context, ReadDone done) override
    {
        if (works)
            return SessionSecretStore::read(account, context, std::move(done));
        refuse<Secret>(context, std::move(done));
    }
    void write(const QString &account, const Secret &secret, QObject *context, Done done) override
    {
        if (works && account != refused)
            return SessionSecretStore::write(account, secret, context, std::move(done));
        refuse<void>(context, std::move(done));
    }
    void probe(QObject *context, Done done) override
    {
        if (!works)
            return refuse<void>(context, std::move(done));
        QMetaObject::invokeMethod(context, [done] { done({}); }, Qt::QueuedConnection);
    }

    bool works = true;
    QString refused;

private:
    template <class T, class D>
    static void refuse(QObject *context, D done)
    {
        const Result<T> no = wire::fail(Code::LocalServiceUnavailable, "No keyring answers: start one");
        QMetaObject::invokeMethod(context, [done, no] { done(no); }, Qt::QueuedConnection);
    }
};

} // namespace

class SecretVaultTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void theKeychainIsFirst();
    void withoutItMemoryIsUntilThereIsAFile();
    void theFileWinsOnceItIsThere();
    void aLockedFileKeepsWhatIsTypedInMemory();
    void theFileMovesToTheKeychain();
    void aKeychainThatRefusesLeavesTheFile();

private:
    [[nodiscard]] Result<> createFile();
    [[nodiscard]] Result<> unlock();
    void restart();

    QTemporaryDir m_folder;
    std::unique_ptr<SecretVault> m_vault;
    Keychain *m_keychain = nullptr; // the vault's
};

void SecretVaultTest::init()
{
    QFile::remove(m_folder.filePath(QStringLiteral("secrets.sealed")));
    restart();
}

void SecretVaultTest::restart()
{
    auto keychain = std::make_unique<Keychain>();
    m_keychain = keychain.get();
    m_vault = std::make_unique<SecretVault>(std::move(keychain), m_folder.filePath(QStringLiteral("secrets.sealed")));
}

Result<> SecretVaultTest::createFile()
{
    return support::done(
        [this](QObject *context, auto answer) { m_vault->createFile(WipedBytes(kPassphrase), context, answer); });
}

Result<> SecretVaultTest::unlock()
{
    return support::done(
        [this](QObject *context, auto answer) { m_vault->unlock(WipedBytes(kPassphrase), context, answer); });
}

void SecretVaultTest::theKeychainIsFirst()
{
    QVERIFY(write(*m_vault, kAccount, "s3cret"));
    QCOMPARE(m_keychain->value(kAccount).reveal(), QByteArray("s3cret"));
    QVERIFY(support::probe(*m_vault));
    QVERIFY(!m_vault->file().exists());
}

void SecretVaultTest::withoutItMemoryIsUntilThereIsAFile()
{
    m_keychain->works = false;
    QVERIFY(write(*m_vault, kAccount, "s3cret"));
    QVERIFY(!support::probe(*m_vault));
    QCOMPARE(read(*m_vault, kAccount)->reveal(), QByteArray("s3cret"));
    QVERIFY(createFile());
    QVERIFY(support::probe(*m_vault));
    QCOMPARE(m_vault->file().secrets().value(kAccount).reveal(), QByteArray("s3cret"));
    restart();
    m_keychain->works = false;
    QVERIFY(unlock());
    QCOMPARE(read(*m_vault, kAccount)->reveal(), QByteArray("s3cret"));
}

void SecretVaultTest::theFileWinsOnceItIsThere()
{
    QVERIFY(createFile());
    QVERIFY(write(*m_vault, kAccount, "s3cret"));
    QVERIFY(m_keychain->value(kAccount).isEmpty());
    QCOMPARE(m_vault->file().secrets().value(kAccount).reveal(), QByteArray("s3cret"));
    QVERIFY(support::remove(*m_vault, kAccount));
    QVERIFY(m_vault->file().secrets().isEmpty());
    QVERIFY(support::done([this](QObject *context, auto answer) { m_vault->probeKeychain(context, answer); }));
}

void SecretVaultTest::aLockedFileKeepsWhatIsTypedInMemory()
{
    QVERIFY(createFile());
    restart();
    m_vault->file().postpone();
    QVERIFY(write(*m_vault, kAccount, "typed"));
    QCOMPARE(read(*m_vault, kAccount)->reveal(), QByteArray("typed"));
    QVERIFY(!support::probe(*m_vault));
    QVERIFY(m_keychain->value(kAccount).isEmpty());
    QVERIFY(unlock());
    QTRY_COMPARE(m_vault->file().secrets().value(kAccount).reveal(), QByteArray("typed"));
}

void SecretVaultTest::theFileMovesToTheKeychain()
{
    QVERIFY(createFile());
    QVERIFY(write(*m_vault, kAccount, "s3cret"));
    QVERIFY(write(*m_vault, QStringLiteral("other"), "x"));
    QVERIFY(support::done([this](QObject *context, auto answer) { m_vault->moveToKeychain(context, answer); }));
    QVERIFY(!m_vault->file().exists());
    QCOMPARE(m_keychain->value(kAccount).reveal(), QByteArray("s3cret"));
    QCOMPARE(m_keychain->value(QStringLiteral("other")).reveal(), QByteArray("x"));
    QCOMPARE(read(*m_vault, kAccount)->reveal(), QByteArray("s3cret"));
}

void SecretVaultTest::aKeychainThatRefusesLeavesTheFile()
{
    QVERIFY(createFile());
    QVERIFY(write(*m_vault, kAccount, "s3cret"));
    QVERIFY(write(*m_vault, QStringLiteral("other"), "x"));
    m_keychain->refused = QStringLiteral("other");
    QVERIFY(!support::done([this](QObject *context, auto answer) { m_vault->moveToKeychain(context, answer); }));
    QVERIFY(m_vault->file().exists());
    QCOMPARE(m_vault->file().secrets().size(), 2);
}

QTEST_GUILESS_MAIN(SecretVaultTest)
#include "secret_vault_test.moc"
