#include "ui/windows/replay_highlighter.h"

#include <QApplication>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>

using namespace ui;

namespace {

// The colours of a line, without those of plain text.
QList<QColor> coloursOf(const QTextDocument &document, int line)
{
    QList<QColor> colours;
    const auto formats = document.findBlockByNumber(line).layout()->formats();
    for (const auto &part : formats)
        colours << part.format.foreground().color();
    return colours;
}

} // namespace

class ReplayHighlighterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void coloursAsItIsToldTo()
    {
        Theme theme(*qApp, settings::Appearance::Light);
        QTextDocument document(QStringLiteral("{\n  \"a\": \"b\"\n}"));
        ReplayHighlighter highlighter(theme, &document);
        highlighter.setSyntax(Syntax::Json);
        QVERIFY(coloursOf(document, 1).contains(theme.colors().key));
        QVERIFY(coloursOf(document, 1).contains(theme.colors().string));
        theme.setAppearance(settings::Appearance::Dark);
        QVERIFY(coloursOf(document, 1).contains(darkColors().key));
        highlighter.setSyntax(Syntax::None);
        QVERIFY(coloursOf(document, 1).isEmpty());
    }

    void leavesVeryLongLinesAlone()
    {
        const Theme theme(*qApp, settings::Appearance::Light);
        QTextDocument document(QStringLiteral("[1,\n") + QString(100'000, u'1') + QStringLiteral("]"));
        ReplayHighlighter highlighter(theme, &document);
        highlighter.setSyntax(Syntax::Json);
        QVERIFY(!coloursOf(document, 0).isEmpty());
        QVERIFY(coloursOf(document, 1).isEmpty());
    }

    void isNoChangeOfTheText()
    {
        const Theme theme(*qApp, settings::Appearance::Light);
        QTextDocument document(QStringLiteral("{\"a\": 1}"));
        document.setModified(false);
        ReplayHighlighter highlighter(theme, &document);
        highlighter.setSyntax(Syntax::Json);
        QVERIFY(!document.isModified());
        QCOMPARE(document.toPlainText(), QStringLiteral("{\"a\": 1}"));
    }
};

QTEST_MAIN(ReplayHighlighterTest)
#include "replay_highlighter_test.moc"
