#include "core/workspace/test_workspace.h"
#include "workspace/access_lookup.h"

#include <QTest>

using settings::AccessEntry;
using settings::Secret;
using support::Home;
using workspace::AccessLookup;

namespace {

AccessEntry entry(const char *name)
{
    AccessEntry access;
    access.token = {settings::SecretPlace::Keychain, QString::fromLatin1(name)};
    return access;
}

const QString kId = QStringLiteral("id");

} // namespace

class AccessLookupTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNewerQuestionForgetsTheFormer();
    void aCancelledOneIsNotAnswered();
};

void AccessLookupTest::aNewerQuestionForgetsTheFormer()
{
    Home home;
    home.secrets.set(entry("a").token.account(), Secret("first"));
    home.secrets.set(entry("b").token.account(), Secret("second"));
    AccessLookup lookup(home.secrets);
    std::vector<std::string> found;
    const auto note = [&found](const wire::Result<guard::Secrets> &secrets) {
        found.push_back(secrets->tokens.front());
    };
    lookup.find(kId, entry("a"), note);
    lookup.find(kId, entry("b"), note);
    QTRY_COMPARE(found.size(), 1U);
    QCOMPARE(found.front(), std::string("second"));
}

void AccessLookupTest::aCancelledOneIsNotAnswered()
{
    Home home;
    home.secrets.set(entry("a").token.account(), Secret("first"));
    AccessLookup lookup(home.secrets);
    int answers = 0;
    lookup.find(kId, entry("a"), [&answers](const auto &) { answers += 100; });
    lookup.cancel(kId);
    lookup.find(QStringLiteral("other"), entry("a"), [&answers](const auto &) { ++answers; });
    QTRY_COMPARE(answers, 1);
}

QTEST_GUILESS_MAIN(AccessLookupTest)
#include "access_lookup_test.moc"
