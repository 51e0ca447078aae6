// Runs twice: plainly there is no service to ask; with "keyring" tests/support/with_keyring.sh gives it a real one, which
// is locked over D-Bus. No question is asked: nobody is there to answer it.
#include "settings/keychain_store.h"
#include "settings/keyring_lock.h"
#include "store_calls.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QTest>

#include <optional>

using namespace settings;

namespace {

const QString kService = QStringLiteral("http-tunnel");
const QString kAccount = QStringLiteral("https://relay.example.com");

bool answer(const std::function<void(QObject *, LockDone)> &ask)
{
    std::optional<bool> locked;
    QObject context;
    ask(&context, [&locked](bool told) { locked = told; });
    if (locked)
        qFatal("answered in the same turn");
    if (!QTest::qWaitFor([&] { return locked.has_value(); }, 20'000))
        qFatal("no answer");
    return *locked;
}

bool entryLocked(const QString &account = kAccount)
{
    return answer(
        [&](QObject *context, const LockDone &done) { askWhetherEntryIsLocked(kService, account, context, done); });
}

bool keyringLocked()
{
    return answer([](QObject *context, const LockDone &done) { askWhetherKeyringIsLocked(context, done); });
}

void lockKeyring()
{
    auto call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.secrets"), QStringLiteral("/org/freedesktop/secrets"),
        QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("Lock"));
    const QList<QDBusObjectPath> keyrings{QDBusObjectPath(QStringLiteral("/org/freedesktop/secrets/aliases/default"))};
    call << QVariant::fromValue(keyrings);
    const auto reply = QDBusConnection::sessionBus().call(call);
    QCOMPARE(reply.type(), QDBusMessage::ReplyMessage);
}

} // namespace

class KeyringLockTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nobodyIsThere()
    {
        if (m_keyring)
            return; // the other run
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus");
        QVERIFY(!entryLocked());
        QVERIFY(!keyringLocked());
    }

    void aLockedOneIsTold()
    {
        if (!m_keyring)
            return;
        KeychainStore store;
        QVERIFY(support::write(store, kAccount, "s3cret"));
        QVERIFY(!entryLocked());
        QVERIFY(!keyringLocked());
        lockKeyring();
        QVERIFY(entryLocked());
        QVERIFY(!entryLocked(QStringLiteral("https://unknown.example")));
        QVERIFY(keyringLocked());
    }

    void aContextThatIsGoneIsNotCalled()
    {
        bool called = false;
        {
            QObject context;
            askWhetherKeyringIsLocked(&context, [&](bool) { called = true; });
        }
        keyringLocked();
        QVERIFY(!called);
    }

public:
    bool m_keyring = false;
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    KeyringLockTest test;
    test.m_keyring = argc > 1 && qstrcmp(argv[1], "keyring") == 0;
    return QTest::qExec(&test, 1, argv);
}

#include "keyring_lock_test.moc"
