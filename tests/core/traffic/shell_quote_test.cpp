#include "core/traffic/all_bytes.h"
#include "traffic/shell_quote.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

using support::allBytes;
using traffic::isShellText;
using traffic::shellPrintf;
using traffic::shellText;
using traffic::shellWord;

namespace {

// What a shell prints when it is given this script.
QByteArray printed(const char *shell, const QString &script)
{
    QProcess process;
    process.start(QString::fromLatin1(shell), {QStringLiteral("-s")}); // a script has no bound, an argument has
    process.write(script.toUtf8() + '\n');
    process.closeWriteChannel();
    process.waitForFinished();
    return process.exitCode() == 0 ? process.readAllStandardOutput() : "failed: " + process.readAllStandardError();
}

} // namespace

class ShellQuoteTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void quotesWhatCanBeRead()
    {
        QCOMPARE(shellWord("a b"), QStringLiteral("'a b'"));
        QCOMPARE(shellWord(""), QStringLiteral("''"));
        QCOMPARE(shellWord("it's $HOME `x` \\ \"!\""), QStringLiteral("'it'\\''s $HOME `x` \\ \"!\"'"));
        QCOMPARE(shellWord("caf\xc3\xa9 \xf0\x9f\x8d\x95"), QStringLiteral("'café 🍕'"));
        QCOMPARE(shellText("{\n}"), QStringLiteral("'{\n}'"));
    }

    void escapesWhatCannot()
    {
        QCOMPARE(shellWord("caf\xe9"), QStringLiteral("\"$(printf 'caf\\351')\""));
        QCOMPARE(shellWord("a\tb%c\\'!"), QStringLiteral("\"$(printf 'a\\tb%%c\\\\\\047\\041')\""));
        QCOMPARE(shellWord("\xe2\x80\xae"), QStringLiteral("\"$(printf '\\342\\200\\256')\"")); // turns text around
        QCOMPARE(shellPrintf("-n\n"), QStringLiteral("printf '\\055n\\n'"));
    }

    void knowsText()
    {
        QVERIFY(isShellText("{\n  \"a\": \"\xc3\xa9\"\n}\n"));
        QVERIFY(isShellText(""));
        for (const auto &bytes : {QByteArray("a\tb"), QByteArray("a\r\n"), QByteArray("\xff"), QByteArray("a\0b", 3),
                                  QByteArray(128 * 1024, 'a')})
            QVERIFY(!isShellText(bytes));
    }

    void shellsUnderstandIt_data()
    {
        QTest::addColumn<QByteArray>("shell");
        for (const char *shell : {"/bin/sh", "/bin/bash"})
            QTest::newRow(shell) << QByteArray(shell);
    }
    void shellsUnderstandIt()
    {
        QFETCH(QByteArray, shell);
        const auto bytes = allBytes();
        QCOMPARE(printed(shell, shellPrintf(bytes + bytes)), bytes + bytes);
        QCOMPARE(printed(shell, shellPrintf("--help")), "--help");
        QCOMPARE(printed(shell, QLatin1String("printf %s ") + shellWord(bytes.sliced(1))), bytes.sliced(1));
        constexpr QByteArrayView kSpecial("'\"\\$`!%\n-#&;|<>(){}[]*?~= \t01");
        QRandomGenerator random(7);
        for (int round = 0; round < 100; ++round) {
            QByteArray noise(1 + random.bounded(40), '\0');
            for (auto &byte : noise)
                byte = random.bounded(3) == 0 ? kSpecial[random.bounded(int(kSpecial.size()))]
                                              : char(1 + random.bounded(255));
            QCOMPARE(printed(shell, shellPrintf(noise)), noise);
            QCOMPARE(printed(shell, QLatin1String("printf %s ") + shellWord(noise + '.')), noise + '.');
        }
    }

    void largeBodiesFit()
    {
        const auto large = allBytes().repeated(4096); // 1 MiB
        QVERIFY(printed("/bin/sh", shellPrintf(large)) == large);
    }
};

QTEST_GUILESS_MAIN(ShellQuoteTest)
#include "shell_quote_test.moc"
