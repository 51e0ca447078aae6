#include "ttf/line_text.h"

#include <QTest>

using namespace ttf;

class LineTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void controlsAreEscaped_data();
    void controlsAreEscaped();
    void theMiddleIsElided_data();
    void theMiddleIsElided();
    void elidedTextFitsAndStaysUtf8();
    void paddingCountsCells();
    void times();
};

void LineTextTest::controlsAreEscaped_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &text, const QString &expected) {
        QTest::newRow(name) << text << expected;
    };
    row("plain", QStringLiteral("/a?b=c"), QStringLiteral("/a?b=c"));
    row("escape", QStringLiteral("/\x1b[2J"), QStringLiteral("/\\x1b[2J"));
    row("newline", QStringLiteral("/a\r\nb"), QStringLiteral("/a\\x0d\\x0ab"));
    row("nul", QString(QChar(0)), QStringLiteral("\\x00"));
    row("delete", QStringLiteral("\x7f"), QStringLiteral("\\x7f"));
    row("C1", QString(QChar(0x9b)) + QStringLiteral("2J"), QStringLiteral("\\x9b2J"));
    row("right-to-left override", QString(QChar(0x202e)), QStringLiteral("\\u202e"));
    row("line separator", QString(QChar(0x2028)), QStringLiteral("\\u2028"));
    row("lone surrogate", QString(QChar(0xd800)), QStringLiteral("\\ufffd"));
    row("letters", QStringLiteral("/\u00fcber/\u4f60\U0001F600"), QStringLiteral("/\u00fcber/\u4f60\U0001F600"));
}

void LineTextTest::controlsAreEscaped()
{
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    const QString shown = QString::fromStdString(printable(text));
    if (QLatin1String(QTest::currentDataTag()) == QLatin1String("lone surrogate"))
        QVERIFY(!shown.contains(QChar(0xd800)));
    else
        QCOMPARE(shown, expected);
}

void LineTextTest::theMiddleIsElided_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("width");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *text, int width, const char *expected) {
        QTest::addRow("%s in %d", text, width) << QByteArray(text) << width << QByteArray(expected);
    };
    row("/short", 6, "/short");
    row("/short", 100, "/short");
    row("/0123456789", 8, "/012…89");
    row("/0123456789", 2, "/0");
    row("/0123456789", 0, "");
    row("\u4f60\u597d\u4f60\u597d\u4f60\u597d", 8, "\u4f60\u597d…\u597d");
}

void LineTextTest::theMiddleIsElided()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, width);
    QFETCH(const QByteArray, expected);
    QCOMPARE(QByteArray::fromStdString(elided(text.toStdString(), static_cast<std::size_t>(width))), expected);
}

void LineTextTest::elidedTextFitsAndStaysUtf8()
{
    const std::string text = "/a\u00fcb\u4f60c\U0001F600d/\u00e9\u00e8/end?x=\u20ac";
    for (std::size_t width = 0; width < 60; ++width) {
        const std::string shown = elided(text, width);
        QVERIFY(cells(shown) <= width);
        QVERIFY(!QString::fromStdString(shown).contains(QChar::ReplacementCharacter));
    }
}

void LineTextTest::paddingCountsCells()
{
    QCOMPARE(padded("GET", 5), std::string("GET  "));
    QCOMPARE(padded("PROPFIND", 5), std::string("PROPFIND"));
    QCOMPARE(padded("\u4f60", 4), std::string("\u4f60  "));
}

void LineTextTest::times()
{
    qputenv("TZ", "UTC-2");
    tzset();
    QCOMPARE(localTimeText(1'700'000'000'123), std::string("00:13:20"));
    QCOMPARE(utcTimeText(1'700'000'000'123), std::string("2023-11-14T22:13:20.123Z"));
    QCOMPARE(utcTimeText(1'700'000'000'007), std::string("2023-11-14T22:13:20.007Z"));
}

QTEST_APPLESS_MAIN(LineTextTest)
#include "line_text_test.moc"
