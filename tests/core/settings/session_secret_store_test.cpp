#include "settings/session_secret_store.h"

#include <QTest>

using namespace settings;

namespace {

const QString kAccount = QStringLiteral("https://a.example");

} // namespace

class SessionSecretStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIsRead();
    void nothingKeptIsEmpty();
    void whatIsRemovedIsGone();
    void answersComeInALaterTurn();
    void aContextThatIsGoneIsNotCalled();
    void itSaysThatItForgets();
    void theSameAtOnce();
};

void SessionSecretStoreTest::whatIsWrittenIsRead()
{
    SessionSecretStore store;
    std::optional<wire::Result<>> written;
    std::optional<wire::Result<Secret>> read;
    store.write(kAccount, Secret("token"), this, [&](const auto &result) { written = result; });
    store.read(kAccount, this, [&](const auto &result) { read = result; });
    QTRY_VERIFY(read);
    QVERIFY(written && *written);
    QCOMPARE((*read)->reveal(), QByteArray("token"));
}

void SessionSecretStoreTest::nothingKeptIsEmpty()
{
    SessionSecretStore store;
    std::optional<wire::Result<Secret>> read;
    std::optional<wire::Result<>> removed;
    store.read(kAccount, this, [&](const auto &result) { read = result; });
    store.remove(kAccount, this, [&](const auto &result) { removed = result; });
    QTRY_VERIFY(removed);
    QVERIFY(*removed);
    QVERIFY(read && *read && (*read)->isEmpty());
}

void SessionSecretStoreTest::whatIsRemovedIsGone()
{
    SessionSecretStore store;
    store.set(kAccount, Secret("token"));
    std::optional<wire::Result<Secret>> read;
    store.remove(kAccount, this, [](const auto &) {});
    store.read(kAccount, this, [&](const auto &result) { read = result; });
    QTRY_VERIFY(read);
    QVERIFY((*read)->isEmpty());
}

void SessionSecretStoreTest::answersComeInALaterTurn()
{
    SessionSecretStore store;
    int answers = 0;
    store.write(kAccount, Secret("token"), this, [&](const auto &) { ++answers; });
    store.read(kAccount, this, [&](const auto &) { ++answers; });
    store.remove(kAccount, this, [&](const auto &) { ++answers; });
    store.probe(this, [&](const auto &) { ++answers; });
    QCOMPARE(answers, 0);
    QTRY_COMPARE(answers, 4);
}

void SessionSecretStoreTest::aContextThatIsGoneIsNotCalled()
{
    SessionSecretStore store;
    bool called = false;
    bool later = false;
    {
        QObject context;
        store.read(kAccount, &context, [&](const auto &) { called = true; });
    }
    store.read(kAccount, this, [&](const auto &) { later = true; });
    QTRY_VERIFY(later);
    QVERIFY(!called);
}

void SessionSecretStoreTest::itSaysThatItForgets()
{
    SessionSecretStore store;
    std::optional<wire::Result<>> probed;
    store.probe(this, [&](const auto &result) { probed = result; });
    QTRY_VERIFY(probed);
    QVERIFY(!*probed);
    QCOMPARE(probed->error().message,
             std::string("Tokens are kept for this session only: they are gone when HTTP Tunnel quits"));
}

void SessionSecretStoreTest::theSameAtOnce()
{
    SessionSecretStore store;
    QVERIFY(store.value(kAccount).isEmpty());
    store.set(kAccount, Secret("token"));
    QCOMPARE(store.value(kAccount).reveal(), QByteArray("token"));
    QVERIFY(store.take(kAccount));
    QVERIFY(!store.take(kAccount));
}

QTEST_GUILESS_MAIN(SessionSecretStoreTest)
#include "session_secret_store_test.moc"
