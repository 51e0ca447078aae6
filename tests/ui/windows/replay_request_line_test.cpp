#include "ui/windows/replay_request_line.h"

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ui;

namespace {

struct Bench {
    Bench() : theme(*qApp, settings::Appearance::Light), line(theme), edits(&line, &ReplayRequestLine::edited)
    {
        line.setRequest(QStringLiteral("POST"), QStringLiteral("http://localhost:3000/api/orders"));
        line.resize(800, 40);
        line.show();
        shown = QTest::qWaitForWindowActive(&line);
    }
    [[nodiscard]] QLineEdit *url() const { return line.findChild<QLineEdit *>(QString(), Qt::FindDirectChildrenOnly); }

    Theme theme;
    ReplayRequestLine line;
    QSignalSpy edits;
    bool shown = false;
};

} // namespace

class ReplayRequestLineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void takesAndTellsTheRequest()
    {
        Bench bench;
        QVERIFY(bench.edits.isEmpty());
        QCOMPARE(bench.line.method(), QStringLiteral("POST"));
        QCOMPARE(bench.line.url(), QStringLiteral("http://localhost:3000/api/orders"));
        bench.line.findChild<QComboBox *>()->setEditText(QStringLiteral("PURGE"));
        bench.url()->setText(QStringLiteral("http://localhost:3001/"));
        QCOMPARE(bench.edits.size(), 2);
        QCOMPARE(bench.line.method(), QStringLiteral("PURGE"));
        QCOMPARE(bench.line.url(), QStringLiteral("http://localhost:3001/"));
    }

    void enterInTheUrlSends()
    {
        Bench bench;
        QVERIFY(bench.shown);
        QSignalSpy sends(&bench.line, &ReplayRequestLine::sendRequested);
        bench.line.focusUrl();
        QTRY_VERIFY(bench.url()->hasFocus());
        QTest::keyClick(bench.url(), Qt::Key_Return);
        QCOMPARE(sends.size(), 1);
        bench.line.sendButton()->click();
        QCOMPARE(sends.size(), 2);
    }

    void whileSendingTheButtonCancels()
    {
        Bench bench;
        QVERIFY(bench.shown);
        QSignalSpy cancels(&bench.line, &ReplayRequestLine::cancelRequested);
        bench.line.sendButton()->setFocus();
        bench.line.setSending(true);
        QVERIFY(!bench.line.sendButton()->isVisible());
        QVERIFY(bench.line.cancelButton()->isVisible());
        QTRY_VERIFY(bench.line.cancelButton()->hasFocus()); // the keyboard stays where it was
        bench.line.cancelButton()->click();
        QCOMPARE(cancels.size(), 1);
        bench.line.setSending(false);
        QVERIFY(bench.line.sendButton()->isVisible());
        QVERIFY(!bench.line.cancelButton()->isVisible());
    }

    void anObstacleIsToldWhereItIsMet()
    {
        Bench bench;
        bench.line.setObstacle(QStringLiteral("Part of the body is missing"));
        QVERIFY(!bench.line.sendButton()->isEnabled());
        QCOMPARE(bench.line.sendButton()->toolTip(), QStringLiteral("Part of the body is missing"));
        bench.line.setObstacle({});
        QVERIFY(bench.line.sendButton()->isEnabled());
        QVERIFY(bench.line.sendButton()->toolTip().contains(QStringLiteral("Ctrl+Return")));
    }

    void aFaultMarksTheUrl()
    {
        Bench bench;
        bench.line.setFault(true);
        QVERIFY(bench.url()->property("fault").toBool());
        bench.line.setFault(false);
        QVERIFY(!bench.url()->property("fault").toBool());
    }
};

QTEST_MAIN(ReplayRequestLineTest)
#include "replay_request_line_test.moc"
