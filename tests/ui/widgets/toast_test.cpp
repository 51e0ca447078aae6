#include "support/screenshot.h"
#include "ui/widgets/toast.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ui;
using namespace std::chrono_literals;

namespace {

const QString kText = QStringLiteral("Removed shop");
const QString kUndo = QStringLiteral("Undo");

struct Stage {
    Theme theme{*qApp, settings::Appearance::Light};
    QWidget window;
    QPushButton *other = new QPushButton(QStringLiteral("Other"), &window);
    Toast toast{theme, &window};

    Stage()
    {
        window.resize(600, 300);
        window.show();
        other->setFocus();
    }
};

} // namespace

class ToastTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itGoesByItself();
    void itStaysWhileTheKeyboardIsInIt();
    void theActionIsDoneOnce();
    void aNewMessageReplacesTheOneBefore();
    void escapeClosesIt();
    void tabReachesIt();
    void itKeepsToTheLowerEdge();
    void aLongTextFits();
    void itLooksRight();
};

void ToastTest::itGoesByItself()
{
    Stage stage;
    const QSignalSpy closed(&stage.toast, &Toast::closed);
    stage.toast.setTime(1ms);
    stage.toast.tell(kText);
    QVERIFY(stage.toast.isVisible());
    QVERIFY(stage.toast.actionButton()->isHidden());
    QTRY_VERIFY(stage.toast.isHidden());
    QCOMPARE(closed.count(), 1);
}

void ToastTest::itStaysWhileTheKeyboardIsInIt()
{
    Stage stage;
    QVERIFY(QTest::qWaitForWindowActive(&stage.window));
    stage.toast.tell(kText, kUndo, [] {});
    stage.toast.actionButton()->setFocus();
    QVERIFY(!stage.toast.isCounting());
    stage.toast.setTime(1ms);
    stage.other->setFocus();
    QTRY_VERIFY(stage.toast.isHidden());
}

void ToastTest::theActionIsDoneOnce()
{
    Stage stage;
    int undone = 0;
    stage.toast.tell(kText, kUndo, [&undone] { ++undone; });
    QTest::mouseClick(stage.toast.actionButton(), Qt::LeftButton);
    QCOMPARE(undone, 1);
    QVERIFY(stage.toast.isHidden());
    stage.toast.actionButton()->click();
    QCOMPARE(undone, 1);
}

void ToastTest::aNewMessageReplacesTheOneBefore()
{
    Stage stage;
    int undone = 0;
    stage.toast.tell(kText, kUndo, [&undone] { ++undone; });
    stage.toast.tell(QStringLiteral("Copied"));
    QCOMPARE(stage.toast.text(), QStringLiteral("Copied"));
    stage.toast.actionButton()->click();
    QCOMPARE(undone, 0);
}

void ToastTest::escapeClosesIt()
{
    Stage stage;
    QVERIFY(QTest::qWaitForWindowActive(&stage.window));
    stage.toast.tell(kText, kUndo, [] {});
    stage.toast.actionButton()->setFocus();
    QTest::keyClick(stage.toast.actionButton(), Qt::Key_Escape);
    QVERIFY(stage.toast.isHidden());
}

void ToastTest::tabReachesIt()
{
    Stage stage;
    QVERIFY(QTest::qWaitForWindowActive(&stage.window));
    stage.toast.tell(kText, kUndo, [] {});
    QTest::keyClick(stage.other, Qt::Key_Tab);
    QVERIFY(stage.toast.actionButton()->hasFocus());
}

void ToastTest::itKeepsToTheLowerEdge()
{
    Stage stage;
    stage.toast.tell(kText);
    const auto gap = [&stage] { return stage.window.height() - stage.toast.geometry().bottom(); };
    const int before = gap();
    stage.window.resize(800, 500);
    QCOMPARE(gap(), before);
    QVERIFY(qAbs(stage.toast.geometry().center().x() - stage.window.rect().center().x()) <= 1);
}

void ToastTest::aLongTextFits()
{
    Stage stage;
    stage.window.resize(320, 300);
    stage.toast.tell(QStringLiteral("Removed a-tunnel-with-a-very-long-name and everything it had recorded until now"),
                     kUndo, [] {});
    QVERIFY(stage.window.rect().contains(stage.toast.geometry()));
    QCOMPARE(support::cutTexts(stage.toast), QStringList());
}

void ToastTest::itLooksRight()
{
    support::keepScreenshots(QStringLiteral("toast"), QSize(560, 160), [](Theme &theme) {
        auto window = std::make_unique<QWidget>();
        (new Toast(theme, window.get()))->tell(kText, kUndo, [] {});
        return window;
    });
}

QTEST_MAIN(ToastTest)
#include "toast_test.moc"
