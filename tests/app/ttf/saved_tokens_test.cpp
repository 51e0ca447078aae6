#include "settings/session_secret_store.h"
#include "ttf/saved_tokens.h"

#include <QTest>

#include <optional>

using namespace ttf;
using settings::Secret;

namespace {

const QString kOne = QStringLiteral("https://one.example");
const QString kTwo = QStringLiteral("https://two.example");
constexpr std::chrono::milliseconds kShort{1};

// Answers for some accounts with an error, for some not at all.
class PartialStore : public settings::SessionSecretStore {
public:
    QSet<QString> broken;
    QSet<QString> silent;
    std::function<void()> lateAnswer;

    void read(const QString &account, QObject *context, ReadDone done) override
    {
        if (silent.contains(account))
            lateAnswer = [done] { done(Secret("late")); };
        else if (broken.contains(account))
            QMetaObject::invokeMethod(
                context,
                [done] { done(wire::fail(wire::Code::LocalServiceUnavailable, "No keyring answers: start one")); },
                Qt::QueuedConnection);
        else
            SessionSecretStore::read(account, context, done);
    }
};

SavedTokensAnswer answerFor(SavedTokens &saved, const QSet<QString> &accounts)
{
    std::optional<SavedTokensAnswer> answer;
    int answers = 0;
    saved.ask(accounts, [&](const SavedTokensAnswer &given) {
        answer = given;
        ++answers;
    });
    if (answer || !QTest::qWaitFor([&] { return answer.has_value(); }) || answers != 1)
        qFatal("not one later answer");
    return *answer;
}

} // namespace

class SavedTokensTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void savedTokensAreFound();
    void noneSavedIsSilent();
    void aMissingKeyringIsARemark();
    void aSilentKeyringIsAWarning();
    void whatIsNoTokenIsAWarning();

private:
    PartialStore m_store;

private Q_SLOTS:
    void init() { m_store = PartialStore(); }
};

void SavedTokensTest::savedTokensAreFound()
{
    m_store.set(kOne, Secret("first"));
    m_store.set(kTwo, Secret("second"));
    SavedTokens saved(m_store);
    const auto answer = answerFor(saved, {kOne, kTwo});
    QCOMPARE(answer.tokens.value(kOne).reveal(), QByteArray("first"));
    QCOMPARE(answer.tokens.value(kTwo).reveal(), QByteArray("second"));
    QVERIFY(answer.warnings.empty());
    QCOMPARE(answer.remarks.size(), std::size_t{2});
    for (const std::string &remark : answer.remarks)
        QVERIFY(!remark.contains("first") && !remark.contains("second"));
}

void SavedTokensTest::noneSavedIsSilent()
{
    SavedTokens saved(m_store);
    const auto answer = answerFor(saved, {kOne});
    QVERIFY(answer.tokens.value(kOne).isEmpty());
    QVERIFY(answer.warnings.empty() && answer.remarks.empty());
}

void SavedTokensTest::aMissingKeyringIsARemark()
{
    m_store.broken = {kOne};
    m_store.set(kTwo, Secret("second"));
    SavedTokens saved(m_store);
    const auto answer = answerFor(saved, {kOne, kTwo});
    QVERIFY(answer.tokens.value(kOne).isEmpty());
    QCOMPARE(answer.tokens.value(kTwo).reveal(), QByteArray("second"));
    QVERIFY(answer.warnings.empty());
    const std::string expected = "no saved token for https://one.example: No keyring answers: start one";
    QVERIFY(std::ranges::find(answer.remarks, expected) != answer.remarks.end());
}

void SavedTokensTest::aSilentKeyringIsAWarning()
{
    m_store.silent = {kOne};
    SavedTokens saved(m_store, kShort);
    std::vector<SavedTokensAnswer> answers;
    saved.ask({kOne}, [&](const SavedTokensAnswer &given) { answers.push_back(given); });
    QTRY_COMPARE(answers.size(), std::size_t{1});
    m_store.lateAnswer(); // the user unlocked it at last
    QCOMPARE(answers.size(), std::size_t{1});
    QVERIFY(answers[0].tokens.isEmpty());
    QCOMPARE(answers[0].warnings.size(), std::size_t{1});
    QVERIFY(answers[0].warnings.front().contains("unlock it"));
}

void SavedTokensTest::whatIsNoTokenIsAWarning()
{
    m_store.set(kOne, Secret("two words"));
    SavedTokens saved(m_store);
    const auto answer = answerFor(saved, {kOne});
    QVERIFY(answer.tokens.value(kOne).isEmpty());
    QCOMPARE(answer.warnings.size(), std::size_t{1});
    QVERIFY(!answer.warnings.front().contains("two words"));
}

QTEST_GUILESS_MAIN(SavedTokensTest)
#include "saved_tokens_test.moc"
