#include "ui/windows/replay_body_text.h"

#include <QTest>

using namespace ui;

class ReplayBodyTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void comesBackAsItWas_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << QByteArray() << QString();
        QTest::newRow("one line") << QByteArray("{\"a\":1}") << QStringLiteral("{\"a\":1}");
        QTest::newRow("LF") << QByteArray("a\nb\n") << QStringLiteral("a\nb\n");
        QTest::newRow("CRLF") << QByteArray("--x\r\n\r\nb\r\n") << QStringLiteral("--x\n\nb\n");
        QTest::newRow("tabs and no-break spaces") << QByteArray("a\tb\xc2\xa0"
                                                                "c")
                                                  << QStringLiteral("a\tb\u00a0c");
        QTest::newRow("beyond the BMP") << QByteArray("\xf0\x9f\x9a\x80") << QString::fromUtf8("\xf0\x9f\x9a\x80");
        QTest::newRow("a line separator") << QByteArray("a\xe2\x80\xa8z") << QStringLiteral("a\u2028z");
    }
    void comesBackAsItWas()
    {
        QFETCH(QByteArray, body);
        const auto text = bodyToText(body);
        QVERIFY(text);
        QTEST(text->text, "text");
        QCOMPARE(textToBody(text->text, text->lineEnds), body);
    }

    void whatAnEditorWouldChangeIsNoText_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("not UTF-8") << QByteArray("caf\xe9");
        QTest::newRow("a byte order mark") << QByteArray("\xef\xbb\xbf{}");
        QTest::newRow("NUL") << QByteArray("a\0b", 3);
        QTest::newRow("a bare CR") << QByteArray("a\rb");
        QTest::newRow("a bare CR among CRLFs") << QByteArray("a\r\r\nb");
        QTest::newRow("escape") << QByteArray("\x1b[31mred");
        QTest::newRow("a paragraph separator") << QByteArray("a\xe2\x80\xa9z");
        QTest::newRow("a noncharacter") << QByteArray("a\xef\xb7\x90z");
        QTest::newRow("gzip") << QByteArray("\x1f\x8b\x08\x00\x00", 5);
        QTest::newRow("cut within a character") << QByteArray("a\xf0\x9f\x9a");
    }
    void whatAnEditorWouldChangeIsNoText()
    {
        QFETCH(QByteArray, body);
        QVERIFY(!bodyToText(body));
    }

    void mixedLineEndsBecomeLf()
    {
        const auto text = bodyToText("a\r\nb\nc");
        QVERIFY(text);
        QCOMPARE(text->lineEnds, LineEnds::Mixed);
        QCOMPARE(text->text, QStringLiteral("a\nb\nc"));
        QCOMPARE(textToBody(text->text, text->lineEnds), QByteArray("a\nb\nc"));
    }
};

QTEST_GUILESS_MAIN(ReplayBodyTextTest)
#include "replay_body_text_test.moc"
