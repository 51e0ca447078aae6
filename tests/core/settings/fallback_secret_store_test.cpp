#include "settings/fallback_secret_store.h"

#include <QTest>

#include <optional>

using namespace settings;

namespace {

const QString kAccount = QStringLiteral("https://a.example");

// A keychain whose state the test sets.
class FakeKeychain : public SecretStore {
public:
    void read(const QString &account, QObject *context, ReadDone done) override
    {
        if (!m_failure)
            return m_entries.read(account, context, std::move(done));
        later(context, [done, failure = *m_failure] { done(std::unexpected(failure)); });
    }
    void write(const QString &account, const Secret &secret, QObject *context, Done done) override
    {
        if (!m_failure)
            return m_entries.write(account, secret, context, std::move(done));
        fail(context, std::move(done));
    }
    void remove(const QString &account, QObject *context, Done done) override
    {
        if (!m_failure)
            return m_entries.remove(account, context, std::move(done));
        fail(context, std::move(done));
    }
    void probe(QObject *context, Done done) override
    {
        if (m_failure)
            return fail(context, std::move(done));
        later(context, [done] { done({}); });
    }
    void breakDown(wire::Code code) { m_failure = wire::Error{code, "No keyring answers: start one"}; }
    void mend() { m_failure.reset(); }
    [[nodiscard]] QByteArray kept() const { return m_entries.value(kAccount).reveal(); }

private:
    static void later(QObject *context, const std::function<void()> &call)
    {
        QMetaObject::invokeMethod(context, call, Qt::QueuedConnection);
    }
    void fail(QObject *context, Done done)
    {
        later(context, [done = std::move(done), failure = *m_failure] { done(std::unexpected(failure)); });
    }

    SessionSecretStore m_entries;
    std::optional<wire::Error> m_failure;
};

} // namespace

class FallbackSecretStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aWorkingKeychainHasIt();
    void withoutOneTheSessionHasIt();
    void aKeychainThatComesBackTakesOver();
    void whatOnlyTheSessionHasCanBeRemoved();
    void whatTheKeychainMayHaveIsNotSaidToBeRemoved();
    void itIsReadWhileTheKeychainIsAsked();
    void aNewerTokenWinsWhileTheKeychainIsAsked();
    void aFaultBeyondThatIsTold();
    void whatIsOnlyInMemoryMovesOn();
    void probeTellsWhich();
    void itMayGoBeforeTheAnswer();

private:
    wire::Result<Secret> read();
    wire::Result<> write(const QByteArray &text);
    wire::Result<> remove();
    wire::Result<> probe();

    FakeKeychain *m_keychain = nullptr;
    std::unique_ptr<FallbackSecretStore> m_store;
};

void FallbackSecretStoreTest::init()
{
    auto keychain = std::make_unique<FakeKeychain>();
    m_keychain = keychain.get();
    m_store = std::make_unique<FallbackSecretStore>(std::move(keychain));
}

template <class T>
T awaited(const std::optional<T> &answer)
{
    if (!QTest::qWaitFor([&] { return answer.has_value(); }))
        qFatal("no answer");
    return *answer;
}

wire::Result<Secret> FallbackSecretStoreTest::read()
{
    std::optional<wire::Result<Secret>> answer;
    m_store->read(kAccount, this, [&](const auto &result) { answer = result; });
    return awaited(answer);
}

wire::Result<> FallbackSecretStoreTest::write(const QByteArray &text)
{
    std::optional<wire::Result<>> answer;
    m_store->write(kAccount, Secret(text), this, [&](const auto &result) { answer = result; });
    return awaited(answer);
}

wire::Result<> FallbackSecretStoreTest::remove()
{
    std::optional<wire::Result<>> answer;
    m_store->remove(kAccount, this, [&](const auto &result) { answer = result; });
    return awaited(answer);
}

wire::Result<> FallbackSecretStoreTest::probe()
{
    std::optional<wire::Result<>> answer;
    m_store->probe(this, [&](const auto &result) { answer = result; });
    return awaited(answer);
}

void FallbackSecretStoreTest::aWorkingKeychainHasIt()
{
    QVERIFY(read()->isEmpty());
    QVERIFY(write("token"));
    QCOMPARE(m_keychain->kept(), QByteArray("token"));
    QCOMPARE(read()->reveal(), QByteArray("token"));
    m_keychain->breakDown(wire::Code::LocalServiceUnavailable);
    QVERIFY(!read()); // no copy stayed in memory
    m_keychain->mend();
    QVERIFY(remove());
    QVERIFY(m_keychain->kept().isEmpty());
}

void FallbackSecretStoreTest::withoutOneTheSessionHasIt()
{
    m_keychain->breakDown(wire::Code::LocalServiceUnavailable);
    QVERIFY(!read());
    QVERIFY(write("token"));
    QCOMPARE(read()->reveal(), QByteArray("token"));
    QVERIFY(m_keychain->kept().isEmpty());
}

void FallbackSecretStoreTest::aKeychainThatComesBackTakesOver()
{
    m_keychain->breakDown(wire::Code::Forbidden);
    QVERIFY(write("old"));
    m_keychain->mend();
    QVERIFY(write("new"));
    QCOMPARE(m_keychain->kept(), QByteArray("new"));
    QCOMPARE(read()->reveal(), QByteArray("new"));
}

void FallbackSecretStoreTest::whatOnlyTheSessionHasCanBeRemoved()
{
    m_keychain->breakDown(wire::Code::LocalServiceUnavailable);
    QVERIFY(write("token"));
    QVERIFY(remove());
    QVERIFY(!read());
}

void FallbackSecretStoreTest::whatTheKeychainMayHaveIsNotSaidToBeRemoved()
{
    QVERIFY(write("token"));
    m_keychain->breakDown(wire::Code::LocalServiceUnavailable);
    QVERIFY(!remove());
    m_keychain->breakDown(wire::Code::Forbidden);
    QVERIFY(write("newer"));
    QVERIFY(!remove()); // locked: the older one is still in there
}

void FallbackSecretStoreTest::itIsReadWhileTheKeychainIsAsked()
{
    std::optional<wire::Result<>> written;
    m_store->write(kAccount, Secret("token"), this, [&](const auto &result) { written = result; });
    std::optional<wire::Result<Secret>> answer;
    m_store->read(kAccount, this, [&](const auto &result) { answer = result; });
    QCOMPARE(awaited(answer)->reveal(), QByteArray("token"));
    QVERIFY(awaited(written));
}

void FallbackSecretStoreTest::aNewerTokenWinsWhileTheKeychainIsAsked()
{
    int answers = 0;
    const auto count = [&](const auto &) { ++answers; };
    m_store->write(kAccount, Secret("old"), this, count);
    m_keychain->breakDown(wire::Code::LocalServiceUnavailable);
    m_store->write(kAccount, Secret("new"), this, count);
    QTRY_COMPARE(answers, 2);
    QCOMPARE(read()->reveal(), QByteArray("new"));
}

void FallbackSecretStoreTest::aFaultBeyondThatIsTold()
{
    m_keychain->breakDown(wire::Code::InternalError);
    QCOMPARE(write("token").error().code, wire::Code::InternalError);
    QCOMPARE(read()->reveal(), QByteArray("token")); // used all the same
}

void FallbackSecretStoreTest::whatIsOnlyInMemoryMovesOn()
{
    m_keychain->breakDown(wire::Code::LocalServiceUnavailable);
    QVERIFY(write("token"));
    const auto kept = m_store->onlyInMemory();
    QCOMPARE(kept.value(kAccount).reveal(), QByteArray("token"));
    QVERIFY(write("newer"));
    m_store->forgetInMemory(kept); // the newer one is not in the other place
    QCOMPARE(read()->reveal(), QByteArray("newer"));
    m_store->forgetInMemory(m_store->onlyInMemory());
    QVERIFY(m_store->onlyInMemory().isEmpty());
}

void FallbackSecretStoreTest::probeTellsWhich()
{
    QVERIFY(probe());
    m_keychain->breakDown(wire::Code::LocalServiceUnavailable);
    const auto probed = probe();
    QCOMPARE(probed.error().code, wire::Code::LocalServiceUnavailable);
    QCOMPARE(probed.error().message,
             std::string("No keyring answers: start one; until then tokens are kept for this session only"));
}

void FallbackSecretStoreTest::itMayGoBeforeTheAnswer()
{
    std::optional<wire::Result<>> written;
    m_store->write(kAccount, Secret("token"), this, [&](const auto &result) { written = result; });
    m_store.reset();
    QVERIFY(awaited(written));
}

QTEST_GUILESS_MAIN(FallbackSecretStoreTest)
#include "fallback_secret_store_test.moc"
