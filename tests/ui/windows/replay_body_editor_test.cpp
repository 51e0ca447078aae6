#include "ui/seen.h"
#include "ui/widgets/notice_bar.h"
#include "ui/windows/replay_body_editor.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextCursor>

using namespace ui;

namespace {

struct Bench {
    explicit Bench(const QByteArray &body = {})
        : theme(*qApp, settings::Appearance::Light), editor(theme), edits(&editor, &ReplayBodyEditor::edited)
    {
        editor.setBody(body, body);
        editor.resize(600, 400);
        editor.show();
        shown = QTest::qWaitForWindowExposed(&editor);
    }
    [[nodiscard]] QPushButton *button(const QString &text) const { return support::buttonOf(editor, text); }
    void type(const QString &text) const
    {
        editor.textEdit()->moveCursor(QTextCursor::End);
        QTest::keyClicks(editor.textEdit(), text);
    }
    [[nodiscard]] bool says(const QString &part) const { return support::says(editor, part); }

    Theme theme;
    ReplayBodyEditor editor;
    QSignalSpy edits;
    bool shown = false;
};

} // namespace

class ReplayBodyEditorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void untouchedBytesStayAsTheyAre_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("text") << QByteArray("a=1&b=2");
        QTest::newRow("CRLF") << QByteArray("--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n");
        QTest::newRow("mixed line ends") << QByteArray("a\r\nb\nc");
        QTest::newRow("not text") << QByteArray("\x00\x01\xff", 3);
    }
    void untouchedBytesStayAsTheyAre()
    {
        QFETCH(QByteArray, body);
        Bench bench(body);
        QVERIFY(bench.shown);
        QCOMPARE(bench.editor.body(), body);
        QVERIFY(bench.edits.isEmpty());
    }

    void colouringIsNoEdit()
    {
        Bench bench("{\"a\": 1}");
        bench.editor.setContentType(QStringLiteral("text/plain"));
        bench.editor.setContentType(QStringLiteral("application/json"));
        bench.theme.setAppearance(settings::Appearance::Dark);
        QCoreApplication::processEvents();
        QVERIFY(bench.edits.isEmpty());
    }

    void editedTextKeepsItsLineEnds()
    {
        Bench bench("a\r\nb\u00a0c\r\n");
        bench.type(QStringLiteral("d"));
        QCOMPARE(bench.editor.body(), QByteArray("a\r\nb\u00a0c\r\nd"));
        QVERIFY(!bench.edits.isEmpty());
        QTest::keySequence(bench.editor.textEdit(), QKeySequence::Undo);
        QCOMPARE(bench.editor.body(), QByteArray("a\r\nb\u00a0c\r\n"));
    }

    void mixedLineEndsAreToldOnceEdited()
    {
        Bench bench("a\r\nb\nc");
        QVERIFY(!bench.says(QStringLiteral("LF")));
        bench.type(QStringLiteral("d"));
        QVERIFY(bench.says(QStringLiteral("LF")));
        QCOMPARE(bench.editor.body(), QByteArray("a\nb\ncd"));
    }

    void bytesThatAreNoTextAreKeptOrReplaced()
    {
        const QByteArray image("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
        Bench bench(image);
        QVERIFY(!bench.editor.isText());
        QVERIFY(bench.says(QStringLiteral("16 B")));
        auto *replace = bench.button(QStringLiteral("Replace by text"));
        QVERIFY(replace);
        replace->click();
        QVERIFY(bench.editor.isText());
        QCOMPARE(bench.editor.body(), QByteArray());
        bench.type(QStringLiteral("{}"));
        QCOMPARE(bench.editor.body(), QByteArray("{}"));
        auto *keep = bench.button(QStringLiteral("Keep the recorded bytes"));
        QVERIFY(keep);
        bench.edits.clear();
        keep->click();
        QCOMPARE(bench.editor.body(), image);
        QVERIFY(!bench.edits.isEmpty());
        QVERIFY(!bench.button(QStringLiteral("Keep the recorded bytes")));
    }

    void formatsJsonInOneStep()
    {
        Bench bench(R"({"b":1,"a":[true,1.50]})");
        bench.editor.setContentType(QStringLiteral("application/json"));
        QVERIFY(bench.says(QStringLiteral("JSON")));
        bench.button(QStringLiteral("Format JSON"))->click();
        QCOMPARE(bench.editor.body(), QByteArray("{\n  \"b\": 1,\n  \"a\": [\n    true,\n    1.50\n  ]\n}"));
        bench.editor.textEdit()->undo();
        QCOMPARE(bench.editor.body(), QByteArray(R"({"b":1,"a":[true,1.50]})"));
    }

    void saysWhereItIsNotJson()
    {
        Bench bench("{\n  \"a\": ,\n}");
        bench.button(QStringLiteral("Format JSON"))->click();
        QVERIFY(bench.editor.faultNotice()->isVisible());
        QVERIFY2(bench.editor.faultNotice()->text().contains(QStringLiteral("line 2")),
                 qPrintable(bench.editor.faultNotice()->text()));
        QCOMPARE(bench.editor.textEdit()->textCursor().blockNumber(), 1);
        QCOMPARE(bench.editor.body(), QByteArray("{\n  \"a\": ,\n}"));
        bench.type(QStringLiteral(" "));
        QVERIFY(!bench.editor.faultNotice()->isVisible());
    }

    void asksWhetherAPartIsMeant()
    {
        Bench bench("beginning");
        QSignalSpy accepted(&bench.editor, &ReplayBodyEditor::partAccepted);
        bench.editor.setLoss(QStringLiteral("Only the first 9 B were recorded."),
                             QStringLiteral("Send only this part"));
        QVERIFY(bench.editor.lossNotice()->isVisible());
        QCOMPARE(bench.editor.lossNotice()->kind(), NoticeBar::Kind::Warning);
        bench.button(QStringLiteral("Send only this part"))->click();
        QCOMPARE(accepted.size(), 1);
        bench.editor.setLoss(QStringLiteral("Only the first 9 B are sent."));
        QCOMPARE(bench.editor.lossNotice()->kind(), NoticeBar::Kind::Info);
        QVERIFY(!bench.button(QStringLiteral("Send only this part")));
        bench.editor.setLoss({});
        QVERIFY(!bench.editor.lossNotice()->isVisible());
    }

    void aMinifiedMegabyteCanBeEdited()
    {
        QByteArray body("[");
        while (body.size() < 1'000'000)
            body += R"({"id":1042,"name":"A rather ordinary item","tags":["a","b"],"price":39.80},)";
        body.back() = ']';
        QElapsedTimer timer;
        timer.start();
        Bench bench(body);
        QVERIFY(bench.shown);
        QCoreApplication::processEvents();
        const auto shownMs = timer.restart();
        bench.type(QStringLiteral(" "));
        QCoreApplication::processEvents();
        const auto typedMs = timer.elapsed();
        // Half a second and a third of one on an idle machine: the layout of a single line.
        QVERIFY2(shownMs < 10'000 && typedMs < 10'000, qPrintable(QStringLiteral("%1 %2").arg(shownMs).arg(typedMs)));
        QCOMPARE(bench.editor.body().size(), body.size() + 1);
    }

    void tabLeavesTheEditor()
    {
        Bench bench("a");
        QVERIFY(bench.editor.textEdit()->tabChangesFocus());
    }
};

QTEST_MAIN(ReplayBodyEditorTest)
#include "replay_body_editor_test.moc"
