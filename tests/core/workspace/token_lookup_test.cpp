#include "core/workspace/locked_store.h"
#include "core/workspace/test_workspace.h"
#include "workspace/token_lookup.h"

#include <QTest>

#include <tuple>

using settings::Secret;
using support::entryFor;
using support::Home;
using support::LockedStore;
using support::TestLocalRelay;
using wire::Result;
using workspace::FoundToken;
using workspace::TokenLookup;

namespace {

const QUrl kServer(QStringLiteral("https://relay.example.com"));
const QString kId = QStringLiteral("id");

struct Bench {
    explicit Bench(settings::SecretStore &secrets) : lookup(relay, secrets) {}
    void find(const settings::TunnelEntry &entry)
    {
        lookup.find(kId, entry, [this](const Result<FoundToken> &result) {
            found = result;
            ++calls;
        });
    }

    TestLocalRelay relay;
    TokenLookup lookup;
    Result<FoundToken> found;
    int calls = 0;
};

} // namespace

class TokenLookupTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theEmbeddedRelayHasItsOwn();
    void theFileWins();
    void aMissingFileIsAnError();
    void theSavedOneIsAskedFor();
    void noneIsFine();
    void aLockedKeyringIsAWarning();
    void aNewerQuestionForgetsTheFormer();
    void aCancelledOneIsNotAnswered();
    void aStoreThatWaitsForItsUserIsTold();
};

void TokenLookupTest::theEmbeddedRelayHasItsOwn()
{
    settings::SessionSecretStore secrets;
    Bench bench(secrets);
    bench.find(entryFor(3000));
    QCOMPARE(bench.calls, 1);
    QVERIFY(bench.found->token == bench.relay.token());
}

void TokenLookupTest::theFileWins()
{
    Home home;
    home.secrets.set(settings::secretAccount(kServer), Secret("saved"));
    auto entry = entryFor(3000, {}, kServer);
    entry.tokenFile = home.folder.filePath(QStringLiteral("token"));
    Home::write(entry.tokenFile, "from-file\n");
    Bench bench(home.secrets);
    bench.find(entry);
    QCOMPARE(bench.found->token.reveal(), QByteArray("from-file"));
}

void TokenLookupTest::aMissingFileIsAnError()
{
    settings::SessionSecretStore secrets;
    Bench bench(secrets);
    auto entry = entryFor(3000, {}, kServer);
    entry.tokenFile = QStringLiteral("/nowhere/token");
    bench.find(entry);
    QVERIFY(!bench.found);
    QVERIFY(bench.found.error().message.find("/nowhere/token") != std::string::npos);
}

void TokenLookupTest::theSavedOneIsAskedFor()
{
    settings::SessionSecretStore secrets;
    secrets.set(settings::secretAccount(kServer), Secret("saved"));
    Bench bench(secrets);
    bench.find(entryFor(3000, {}, QUrl(QStringLiteral("https://RELAY.example.com:443/"))));
    QTRY_COMPARE(bench.calls, 1);
    QCOMPARE(bench.found->token.reveal(), QByteArray("saved"));
}

void TokenLookupTest::noneIsFine()
{
    settings::SessionSecretStore secrets;
    Bench bench(secrets);
    bench.find(entryFor(3000, {}, kServer));
    QTRY_COMPARE(bench.calls, 1);
    QVERIFY(bench.found->token.isEmpty());
    QVERIFY(bench.found->warnings.empty());
}

void TokenLookupTest::aLockedKeyringIsAWarning()
{
    LockedStore secrets;
    Bench bench(secrets);
    bench.find(entryFor(3000, {}, kServer));
    QTRY_COMPARE(bench.calls, 1);
    QVERIFY(bench.found->token.isEmpty());
    QVERIFY(bench.found->warnings.front().find("the keyring is locked") != std::string::npos);
}

void TokenLookupTest::aNewerQuestionForgetsTheFormer()
{
    settings::SessionSecretStore secrets;
    const QUrl other(QStringLiteral("https://other.example.com"));
    secrets.set(settings::secretAccount(kServer), Secret("first"));
    secrets.set(settings::secretAccount(other), Secret("second"));
    Bench bench(secrets);
    bench.find(entryFor(3000, {}, kServer));
    bench.find(entryFor(3000, {}, other));
    QTRY_COMPARE(bench.calls, 1);
    QCOMPARE(bench.found->token.reveal(), QByteArray("second"));
    QCoreApplication::processEvents();
    QCOMPARE(bench.calls, 1);
}

void TokenLookupTest::aCancelledOneIsNotAnswered()
{
    settings::SessionSecretStore secrets;
    Bench bench(secrets);
    bench.find(entryFor(3000, {}, kServer));
    bench.lookup.cancel(kId);
    bool later = false;
    secrets.read({}, this, [&later](const Result<Secret> &) { later = true; });
    QTRY_VERIFY(later);
    QCOMPARE(bench.calls, 0);
}

void TokenLookupTest::aStoreThatWaitsForItsUserIsTold()
{
    // Answers when its user does.
    class WaitingStore : public settings::SessionSecretStore {
    public:
        void read(const QString &, QObject *, ReadDone done) override { answers.append(std::move(done)); }
        QList<ReadDone> answers;
    } secrets;
    TestLocalRelay relay;
    TokenLookup lookup(relay, secrets, std::chrono::milliseconds(1));
    QList<bool> told;
    connect(&lookup, &TokenLookup::waitsForUser, this, [&told](bool waits) { told.append(waits); });
    int found = 0;
    const auto count = [&found](const auto &) { ++found; };
    lookup.find(QStringLiteral("one"), entryFor(3000, {}, kServer), count);
    lookup.find(QStringLiteral("two"), entryFor(3001, {}, kServer), count);
    QTRY_COMPARE(told, QList<bool>{true});
    secrets.answers[0](Secret("saved"));
    QCOMPARE(told.size(), 1); // the other one waits
    lookup.cancel(QStringLiteral("two"));
    QCOMPARE(told, (QList<bool>{true, false}));
    QCOMPARE(found, 1);
    lookup.find(QStringLiteral("one"), entryFor(3000, {}, kServer), count); // and once more
    QTRY_COMPARE(told.size(), 3);
    secrets.answers.last()(Secret());
    QCOMPARE(told.size(), 4);
}

QTEST_GUILESS_MAIN(TokenLookupTest)
#include "token_lookup_test.moc"
