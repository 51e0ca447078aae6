#include "draft_headers.h"
#include "ui/widgets/icon_button.h"
#include "ui/windows/replay_header_editor.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace ui;
using support::header;

namespace {

struct Bench {
    Bench() : theme(*qApp, settings::Appearance::Light), editor(theme), edits(&editor, &ReplayHeaderEditor::edited)
    {
        editor.setHeaders({header("Accept", "*/*"), header("X-A", "1"), header("X-B", "2")});
        editor.resize(500, 300);
        editor.show();
        shown = QTest::qWaitForWindowActive(&editor);
    }
    [[nodiscard]] QLineEdit *cell() const { return editor.table()->findChild<QLineEdit *>(); }
    void select(int row) { editor.table()->selectRow(row); }
    [[nodiscard]] bool says(const QString &text) const
    {
        const auto labels = editor.findChildren<QLabel *>();
        return std::ranges::any_of(labels,
                                   [&](const auto *label) { return label->isVisible() && label->text() == text; });
    }

    Theme theme;
    ReplayHeaderEditor editor;
    QSignalSpy edits;
    bool shown = false;
};

} // namespace

class ReplayHeaderEditorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void countsWhatIsSent()
    {
        Bench bench;
        QVERIFY(bench.says(QStringLiteral("Headers (3)")));
        auto &model = bench.editor.model();
        model.setData(model.index(1, 0), Qt::Unchecked, Qt::CheckStateRole);
        QVERIFY(bench.says(QStringLiteral("Headers (2 of 3)")));
        QCOMPARE(bench.edits.size(), 1);
    }

    void aNewHeaderIsTypedByKeyboardAlone()
    {
        Bench bench;
        QVERIFY(bench.shown);
        bench.editor.addRow();
        QTRY_VERIFY(bench.cell());
        QTest::keyClicks(bench.cell(), QStringLiteral("X-New"));
        QTest::keyClick(bench.cell(), Qt::Key_Return);
        // The value's cell opens by itself.
        QTRY_VERIFY(bench.cell() && bench.cell()->accessibleName() == QStringLiteral("Header value"));
        QTest::keyClicks(bench.cell(), QStringLiteral("42"));
        QTest::keyClick(bench.cell(), Qt::Key_Return);
        QTRY_COMPARE(bench.editor.headers().last(), header("X-New", "42"));
    }

    void tabGoesFromNameToValue()
    {
        Bench bench;
        QVERIFY(bench.shown);
        bench.editor.addRow();
        QTRY_VERIFY(bench.cell());
        QTest::keyClicks(bench.cell(), QStringLiteral("X-New"));
        QTest::keyClick(bench.cell(), Qt::Key_Tab);
        QTRY_VERIFY(bench.cell() && bench.cell()->accessibleName() == QStringLiteral("Header value"));
        QTest::keyClicks(bench.cell(), QStringLiteral("1"));
        bench.editor.commit();
        QCOMPARE(bench.editor.headers().last(), header("X-New", "1"));
    }

    void deleteRemovesTheSelectedRows()
    {
        Bench bench;
        QVERIFY(bench.shown);
        bench.editor.table()->setFocus();
        bench.select(1);
        QTest::keyClick(bench.editor.table(), Qt::Key_Delete);
        QCOMPARE(bench.editor.headers(), (QList{header("Accept", "*/*"), header("X-B", "2")}));
        QCOMPARE(bench.editor.table()->currentIndex().row(), 1);
    }

    void theEmptyRowCannotBeRemoved()
    {
        Bench bench;
        bench.select(3);
        const auto buttons = bench.editor.findChildren<IconButton *>();
        const auto remove = std::ranges::find(buttons, Glyph::Trash, &IconButton::glyph);
        QVERIFY(remove != buttons.end());
        QVERIFY(!(*remove)->isEnabled());
        bench.select(0);
        QVERIFY((*remove)->isEnabled());
        (*remove)->click();
        QCOMPARE(bench.editor.headers().size(), 2);
    }

    void copiesAndPastesLines()
    {
        Bench bench;
        bench.editor.table()->selectAll();
        bench.editor.copySelected();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("Accept: */*\nX-A: 1\nX-B: 2"));
        bench.editor.setHeaders({});
        bench.editor.table()->setFocus();
        QTest::keySequence(bench.editor.table(), QKeySequence::Paste);
        QCOMPARE(bench.editor.headers().size(), 3);
        QCOMPARE(bench.editor.headers()[2], header("X-B", "2"));
    }

    void theSpaceBarSwitchesOff()
    {
        Bench bench;
        QVERIFY(bench.shown);
        bench.editor.table()->setFocus();
        bench.editor.table()->setCurrentIndex(bench.editor.model().index(0, ReplayHeaderModel::Name));
        QTest::keyClick(bench.editor.table(), Qt::Key_Space);
        QVERIFY(!bench.editor.headers()[0].enabled);
        QTest::keyClick(bench.editor.table(), Qt::Key_Space);
        QVERIFY(bench.editor.headers()[0].enabled);
    }

    void aClickSwitchesOff()
    {
        Bench bench;
        const auto cell = bench.editor.table()->visualRect(bench.editor.model().index(1, ReplayHeaderModel::Enabled));
        QTest::mouseClick(bench.editor.table()->viewport(), Qt::LeftButton, {}, cell.center());
        QVERIFY(!bench.editor.headers()[1].enabled);
        QVERIFY(!bench.cell());
    }

    void saysWhatIsAdded()
    {
        Bench bench;
        bench.editor.setAdded(QStringLiteral("Set when it is sent: Host: localhost:3000"));
        QVERIFY(bench.says(QStringLiteral("Set when it is sent: Host: localhost:3000")));
        bench.editor.setAdded({});
        QVERIFY(!bench.says({}));
    }
};

QTEST_MAIN(ReplayHeaderEditorTest)
#include "replay_header_editor_test.moc"
