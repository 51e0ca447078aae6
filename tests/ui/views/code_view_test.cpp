#include "ui/text.h"
#include "ui/views/code_view.h"
#include "wire/limits.h"

#include <QApplication>
#include <QClipboard>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>

using namespace ui;
using samples::text;

namespace {

struct Stage {
    Theme theme{*qApp, settings::Appearance::Light};
    CodeView view{theme};

    Stage()
    {
        view.resize(500, 300);
        view.show();
    }
    [[nodiscard]] QString copied()
    {
        view.selectAll();
        view.copy();
        return QApplication::clipboard()->text();
    }
};

QString manyLines(int count)
{
    QString lines;
    for (int i = 0; i < count; ++i)
        lines += QStringLiteral("  \"key %1\": %1,\n").arg(i);
    return lines;
}

} // namespace

class CodeViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isReadOnly();
    void copiesLongLinesWhole();
    void coloursWhatIsVisibleOnly();
    void coloursAnewWithTheTheme();
    void findsAllAndGoesAround();
    void showsWhereTheFaultIs();
    void aFaultInALongLineIsFound();
};

void CodeViewTest::isReadOnly()
{
    Stage stage;
    stage.view.setContent(text("abc"), Syntax::None);
    QTest::keyClicks(&stage.view, text("x"));
    QCOMPARE(stage.view.toPlainText(), text("abc"));
}

void CodeViewTest::copiesLongLinesWhole()
{
    Stage stage;
    const QString line = QString(qsizetype(wire::kShownLineChars) * 3 + 7, QLatin1Char('x')) + text("\nsecond");
    stage.view.setContent(line, Syntax::None);
    QCOMPARE(stage.view.blockCount(), 5);
    QCOMPARE(stage.copied(), line);
    const QString faces = text("😀").repeated(qsizetype(wire::kShownLineChars)); // never parted in the middle
    stage.view.setContent(faces, Syntax::None);
    QCOMPARE(stage.copied(), faces);
}

void CodeViewTest::coloursWhatIsVisibleOnly()
{
    Stage stage;
    stage.view.setContent(manyLines(5000), Syntax::Json);
    const auto colours = [&](int line) {
        return stage.view.document()->findBlockByNumber(line).layout()->formats().size();
    };
    QCOMPARE(colours(0), 2);
    QCOMPARE(colours(4990), 0);
    stage.view.moveCursor(QTextCursor::End);
    QTRY_COMPARE(colours(4990), 2);
}

void CodeViewTest::coloursAnewWithTheTheme()
{
    Stage stage;
    stage.view.setContent(text("\"a\": 1"), Syntax::Json);
    const auto color = [&] {
        return stage.view.document()->firstBlock().layout()->formats().at(0).format.foreground().color();
    };
    QCOMPARE(color(), lightColors().key);
    stage.theme.setAppearance(settings::Appearance::Dark);
    QCOMPARE(color(), darkColors().key);
}

void CodeViewTest::findsAllAndGoesAround()
{
    Stage stage;
    stage.view.setContent(text("one two One\nTWO one"), Syntax::None);
    QCOMPARE(stage.view.findAll(text("one")), 3);
    QCOMPARE(stage.view.currentMatch(), 1);
    QCOMPARE(stage.view.textCursor().selectedText(), text("one"));
    stage.view.findNext(false);
    QCOMPARE(stage.view.textCursor().selectedText(), text("One"));
    stage.view.findNext(false);
    stage.view.findNext(false);
    QCOMPARE(stage.view.currentMatch(), 1);
    stage.view.findNext(true);
    QCOMPARE(stage.view.currentMatch(), 3);
    QCOMPARE(stage.view.extraSelections().size(), 3);
    QCOMPARE(stage.view.findAll(text("absent")), 0);
    QCOMPARE(stage.view.currentMatch(), 0);
    QCOMPARE(stage.view.findAll({}), 0);
    stage.view.findNext(false); // nothing to go to
}

void CodeViewTest::showsWhereTheFaultIs()
{
    Stage stage;
    stage.view.setContent(manyLines(500), Syntax::Json);
    stage.view.markFault(400, 5);
    QCOMPARE(stage.view.textCursor().blockNumber(), 399);
    QCOMPARE(stage.view.textCursor().positionInBlock(), 4);
    QVERIFY(stage.view.viewport()->rect().contains(stage.view.cursorRect().center()));
    stage.view.markFault(9999, 1); // beyond the end: nothing happens
    QCOMPARE(stage.view.textCursor().blockNumber(), 399);
}

void CodeViewTest::aFaultInALongLineIsFound()
{
    Stage stage;
    const auto part = int(wire::kShownLineChars);
    stage.view.setContent(QString(part * 3, QLatin1Char('x')) + text("\nnext line"), Syntax::None);
    stage.view.markFault(1, part + 11);
    QCOMPARE(stage.view.textCursor().blockNumber(), 1);
    QCOMPARE(stage.view.textCursor().positionInBlock(), 10);
    stage.view.markFault(2, 3);
    QCOMPARE(stage.view.textCursor().blockNumber(), 3);
    QCOMPARE(stage.view.textCursor().positionInBlock(), 2);
}

QTEST_MAIN(CodeViewTest)
#include "code_view_test.moc"
