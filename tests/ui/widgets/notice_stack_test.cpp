#include "ui/widgets/icon_button.h"
#include "ui/widgets/notice_stack.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ui;

namespace {

struct Stage {
    Theme theme{*qApp, settings::Appearance::Light};
    QWidget window;
    NoticeStack *stack = new NoticeStack(theme, &window);
    QSignalSpy dismissed{stack, &NoticeStack::dismissed};

    Stage() { window.show(); }
};

const QString kKeyring = QStringLiteral("keyring");
const QString kFile = QStringLiteral("file");

} // namespace

class NoticeStackTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void takesRoomWhileSomethingIsTold()
    {
        const Stage stage;
        QVERIFY(!stage.stack->isVisible());
        stage.stack->tell(kKeyring, NoticeBar::Kind::Error, QStringLiteral("No keyring answers."));
        stage.stack->tell(kFile, NoticeBar::Kind::Info, QStringLiteral("The file changed."));
        QCOMPARE(stage.stack->count(), 2);
        QVERIFY(stage.stack->find(kKeyring)->isVisible());
        stage.stack->remove(kKeyring);
        stage.stack->remove(QStringLiteral("unknown"));
        QVERIFY(stage.stack->isVisible());
        QVERIFY(!stage.stack->find(kKeyring));
        stage.stack->remove(kFile);
        QVERIFY(!stage.stack->isVisible());
    }

    void theSameKeyIsTheSameNotice()
    {
        const Stage stage;
        auto *bar = stage.stack->tell(kFile, NoticeBar::Kind::Info, QStringLiteral("The file changed."));
        QCOMPARE(stage.stack->tell(kFile, NoticeBar::Kind::Error, QStringLiteral("The file is damaged.")), bar);
        QCOMPARE(bar->text(), QStringLiteral("The file is damaged."));
        QCOMPARE(bar->kind(), NoticeBar::Kind::Error);
        QCOMPARE(stage.stack->count(), 1);
    }

    void dismissingIsTold()
    {
        const Stage stage;
        auto *bar = stage.stack->tell(kFile, NoticeBar::Kind::Info, QStringLiteral("The file changed."));
        bar->findChild<IconButton *>()->click();
        QCOMPARE(stage.dismissed.size(), 1);
        QCOMPARE(stage.dismissed.first().first().toString(), kFile);
        QVERIFY(!stage.stack->find(kFile));
        QVERIFY(!stage.stack->isVisible());
    }

    void itsOwnButtonMayRemoveIt()
    {
        const Stage stage;
        auto *bar = stage.stack->tell(kFile, NoticeBar::Kind::Info, QStringLiteral("The file changed."));
        auto *button = bar->addButton(QStringLiteral("Read it"));
        connect(button, &QPushButton::clicked, stage.stack, [&] { stage.stack->remove(kFile); });
        button->click();
        QCOMPARE(stage.stack->count(), 0);
        QCOMPARE(stage.dismissed.size(), 0);
    }
};

QTEST_MAIN(NoticeStackTest)
#include "notice_stack_test.moc"
