// The keychain as it is on Linux. Each process knows one session bus, so the program runs three times: plainly there is
// none; with "keyring" tests/support/with_keyring.sh gives it an unlocked one; with "locked" a service without one.
#include "settings/keychain_store.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTest>

#include <optional>

using namespace settings;

namespace {

const QString kAccount = QStringLiteral("https://relay.example.com");

// Every operation of the store, each as one call that waits for its answer.
class Asking : public QObject {
public:
    wire::Result<Secret> read(const QString &account = kAccount)
    {
        return answer<wire::Result<Secret>>([&](auto done) { m_store.read(account, this, done); });
    }
    wire::Result<> write(const QByteArray &text, const QString &account = kAccount)
    {
        return answer<wire::Result<>>([&](auto done) { m_store.write(account, Secret(text), this, done); });
    }
    wire::Result<> remove()
    {
        return answer<wire::Result<>>([&](auto done) { m_store.remove(kAccount, this, done); });
    }
    wire::Result<> probe()
    {
        return answer<wire::Result<>>([&](auto done) { m_store.probe(this, done); });
    }
    KeychainStore &store() { return m_store; }

private:
    template <class T, class Ask>
    T answer(Ask ask)
    {
        std::optional<T> given;
        ask([&given](const T &result) { given = result; });
        if (given)
            qFatal("answered in the same turn");
        if (!QTest::qWaitFor([&] { return given.has_value(); }, 20'000))
            qFatal("no answer");
        return *given;
    }

    KeychainStore m_store;
};

bool saysNoKeyring(const wire::Result<> &result)
{
    return !result && result.error().code == wire::Code::LocalServiceUnavailable &&
           result.error().message.starts_with("No keyring answers") &&
           result.error().message.ends_with("start gnome-keyring or KWallet");
}

} // namespace

class WithoutServiceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyCallSaysThatNoKeyringAnswers();
    void aBusThatIsNotThereIsTheSame();
    void aContextThatIsGoneIsNotCalled();
};

void WithoutServiceTest::initTestCase()
{
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    qputenv("XDG_RUNTIME_DIR", "/nowhere");
}

void WithoutServiceTest::everyCallSaysThatNoKeyringAnswers()
{
    Asking asking;
    QVERIFY(saysNoKeyring(asking.write("token")));
    QVERIFY(saysNoKeyring(asking.remove()));
    QVERIFY(saysNoKeyring(asking.probe()));
    const auto read = asking.read();
    QVERIFY(!read);
    QVERIFY(saysNoKeyring(std::unexpected(read.error())));
    QVERIFY2(read.error().message.contains("there is no session bus"), read.error().message.c_str());
}

void WithoutServiceTest::aBusThatIsNotThereIsTheSame()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus");
    Asking asking;
    QVERIFY(saysNoKeyring(asking.write("token")));
    QVERIFY(saysNoKeyring(asking.probe()));
    QVERIFY(!asking.read());
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
}

void WithoutServiceTest::aContextThatIsGoneIsNotCalled()
{
    bool called = false;
    KeychainStore store;
    {
        QObject context;
        store.probe(&context, [&](const auto &) { called = true; });
    }
    Asking asking;
    QVERIFY(!asking.probe());
    QVERIFY(!called);
}

class KeyringTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIsRead();
    void accountsAreApart();
    void whatIsRemovedIsGone();
    void nothingKeptIsNoError();
    void itWorksAndLeavesNothingBehind();
    void otherProgramsFindItUnderOurName();
    void noFileHoldsTheToken();
    void aContextThatIsGoneIsNotCalled();
};

void KeyringTest::whatIsWrittenIsRead()
{
    Asking asking;
    QVERIFY(asking.write("first"));
    QVERIFY(asking.write("second \xc3\xbc"));
    QCOMPARE(asking.read()->reveal(), QByteArray("second \xc3\xbc"));
}

void KeyringTest::accountsAreApart()
{
    Asking asking;
    const QString other = QStringLiteral("https://other.example");
    QVERIFY(asking.write("one"));
    QVERIFY(asking.write("two", other));
    QCOMPARE(asking.read()->reveal(), QByteArray("one"));
    QCOMPARE(asking.read(other)->reveal(), QByteArray("two"));
}

void KeyringTest::whatIsRemovedIsGone()
{
    Asking asking;
    QVERIFY(asking.write("token"));
    QVERIFY(asking.remove());
    const auto read = asking.read();
    QVERIFY(read && read->isEmpty());
}

void KeyringTest::nothingKeptIsNoError()
{
    Asking asking;
    QVERIFY(asking.remove());
    QVERIFY(asking.remove());
    QVERIFY(asking.read(QStringLiteral("https://unknown.example"))->isEmpty());
}

void KeyringTest::itWorksAndLeavesNothingBehind()
{
    Asking asking;
    const auto probed = asking.probe();
    QVERIFY2(probed, probed ? "" : probed.error().message.c_str());
    QVERIFY(asking.read(QStringLiteral("probe"))->isEmpty());
}

void KeyringTest::otherProgramsFindItUnderOurName()
{
    Asking asking;
    QVERIFY(asking.write("for-secret-tool"));
    QProcess tool;
    tool.start(QStringLiteral("secret-tool"), {QStringLiteral("lookup"), QStringLiteral("server"),
                                               QStringLiteral("http-tunnel"), QStringLiteral("user"), kAccount});
    QVERIFY(tool.waitForFinished());
    QCOMPARE(tool.readAllStandardOutput(), QByteArray("for-secret-tool"));
}

void KeyringTest::noFileHoldsTheToken()
{
    const QByteArray token("a-token-that-is-looked-for");
    QVERIFY(Asking().write(token));
    int files = 0;
    QDirIterator it(QDir::homePath(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains(token), qPrintable(file.fileName()));
        ++files;
    }
    QVERIFY(files > 0); // the keyring itself, at least
}

void KeyringTest::aContextThatIsGoneIsNotCalled()
{
    bool called = false;
    Asking asking;
    {
        QObject context;
        asking.store().write(kAccount, Secret("still written"), &context, [&](const auto &) { called = true; });
        asking.store().read(kAccount, &context, [&](const auto &) { called = true; });
    }
    QCOMPARE(asking.read()->reveal(), QByteArray("still written"));
    QVERIFY(!called);
}

class LockedTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyAWriteTells();
};

void LockedTest::onlyAWriteTells()
{
    Asking asking;
    QVERIFY(asking.read()->isEmpty());
    const auto probed = asking.probe();
    QVERIFY2(saysNoKeyring(probed), probed ? "works" : probed.error().message.c_str());
    QVERIFY(saysNoKeyring(asking.write("token")));
}

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    std::unique_ptr<QObject> test;
    if (arguments.contains(QStringLiteral("keyring")))
        test = std::make_unique<KeyringTest>();
    else if (arguments.contains(QStringLiteral("locked")))
        test = std::make_unique<LockedTest>();
    else
        test = std::make_unique<WithoutServiceTest>();
    return QTest::qExec(test.get());
}

#include "keychain_store_test.moc"
