#include "support/token_folder.h"
#include "ttf/token_source.h"
#include "wire/limits.h"

#include <QTest>

using ttf::findToken;

class TokenSourceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noSourceGivesNoToken();
    void theFileComesFirst();
    void theEnvironmentComesBeforeTheArgument();
    void anArgumentIsWarnedAbout();
    void aReadableFileIsWarnedAbout();
    void badTokensAreRefusedUnquoted_data();
    void badTokensAreRefusedUnquoted();
    void aMissingFileIsNamed();

private:
    support::TokenFolder m_folder;
};

void TokenSourceTest::noSourceGivesNoToken()
{
    const auto found = findToken({});
    QVERIFY(found);
    QVERIFY(found->token.isEmpty());
    QVERIFY(found->warnings.empty());
}

void TokenSourceTest::theFileComesFirst()
{
    const auto found = findToken({m_folder.write("from-file\n"), "from-environment", "from-argument"});
    QVERIFY(found);
    QCOMPARE(found->token.reveal(), QByteArray("from-file"));
}

void TokenSourceTest::theEnvironmentComesBeforeTheArgument()
{
    QCOMPARE(findToken({{}, "from-environment", "from-argument"})->token.reveal(), QByteArray("from-environment"));
    QCOMPARE(findToken({{}, {}, "from-argument"})->token.reveal(), QByteArray("from-argument"));
}

void TokenSourceTest::anArgumentIsWarnedAbout()
{
    for (const QByteArray &environment : {QByteArray(), QByteArray("other")}) {
        const auto found = findToken({{}, environment, "from-argument"});
        QCOMPARE(found->warnings.size(), std::size_t{1});
        QVERIFY(found->warnings.front().contains("others may have read --token"));
        QVERIFY(!found->warnings.front().contains("from-argument"));
    }
}

void TokenSourceTest::aReadableFileIsWarnedAbout()
{
    QVERIFY(findToken({m_folder.write("abc"), {}, {}})->warnings.empty());
    const auto found = findToken({m_folder.write("abc", QFile::ReadOwner | QFile::ReadOther), {}, {}});
    QCOMPARE(found->warnings.size(), std::size_t{1});
    QVERIFY(found->warnings.front().contains("chmod 600"));
}

void TokenSourceTest::badTokensAreRefusedUnquoted_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("empty") << QByteArray(" \n");
    QTest::newRow("two words") << QByteArray("sec ret");
    QTest::newRow("two lines") << QByteArray("sec\r\nret");
    QTest::newRow("not ASCII") << QByteArray("sec\xc3\xbcret");
    QTest::newRow("NUL") << QByteArray("sec\0ret", 7);
    QTest::newRow("long") << QByteArray(static_cast<qsizetype>(wire::kMaxTokenBytes) + 1, 's');
}

void TokenSourceTest::badTokensAreRefusedUnquoted()
{
    QFETCH(const QByteArray, token);
    for (const auto &sources : {ttf::TokenSources{m_folder.write(token), {}, {}}, ttf::TokenSources{{}, token, {}}}) {
        const auto found = findToken(sources);
        QVERIFY(!found);
        QCOMPARE(found.error().code, wire::Code::InvalidRequest);
        QVERIFY(!found.error().message.contains("sec"));
    }
}

void TokenSourceTest::aMissingFileIsNamed()
{
    const auto found = findToken({QStringLiteral("/nowhere/token"), "other", {}});
    QVERIFY(!found);
    QVERIFY(found.error().message.starts_with("token file /nowhere/token: "));
}

QTEST_APPLESS_MAIN(TokenSourceTest)
#include "token_source_test.moc"
