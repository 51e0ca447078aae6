#include "support/token_folder.h"
#include "wire/limits.h"
#include "workspace/token_file.h"

#include <QTest>

using workspace::checkedToken;
using workspace::readTokenFile;

class TokenFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTextIsTheToken();
    void aReadableFileIsWarnedAbout();
    void badTokensAreRefusedUnquoted_data();
    void badTokensAreRefusedUnquoted();
    void aMissingFileIsNamed();

private:
    support::TokenFolder m_folder;
};

void TokenFileTest::theTextIsTheToken()
{
    QCOMPARE(readTokenFile(m_folder.write("abc\r\n"))->token.reveal(), QByteArray("abc"));
    QCOMPARE(checkedToken(" abc ", "the field")->reveal(), QByteArray("abc"));
}

void TokenFileTest::aReadableFileIsWarnedAbout()
{
    QVERIFY(readTokenFile(m_folder.write("abc"))->warnings.empty());
    const auto found = readTokenFile(m_folder.write("abc", QFile::ReadOwner | QFile::ReadOther));
    QCOMPARE(found->warnings.size(), std::size_t{1});
    QVERIFY(found->warnings.front().contains("chmod 600"));
}

void TokenFileTest::badTokensAreRefusedUnquoted_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("empty") << QByteArray(" \n");
    QTest::newRow("two words") << QByteArray("sec ret");
    QTest::newRow("two lines") << QByteArray("sec\r\nret");
    QTest::newRow("not ASCII") << QByteArray("sec\xc3\xbcret");
    QTest::newRow("NUL") << QByteArray("sec\0ret", 7);
    QTest::newRow("long") << QByteArray(static_cast<qsizetype>(wire::kMaxTokenBytes) + 1, 's');
}

void TokenFileTest::badTokensAreRefusedUnquoted()
{
    QFETCH(const QByteArray, token);
    for (const auto &error : {readTokenFile(m_folder.write(token)).error(), checkedToken(token, "the field").error()}) {
        QCOMPARE(error.code, wire::Code::InvalidRequest);
        QVERIFY(!error.message.contains("sec"));
    }
}

void TokenFileTest::aMissingFileIsNamed()
{
    const auto found = readTokenFile(QStringLiteral("/nowhere/token"));
    QVERIFY(!found);
    QVERIFY(found.error().message.starts_with("token file /nowhere/token: "));
}

QTEST_APPLESS_MAIN(TokenFileTest)
#include "token_file_test.moc"
