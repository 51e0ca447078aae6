#include "support/screenshot.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/notice_bar.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ui;
using Kind = NoticeBar::Kind;

class NoticeBarTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itIsHiddenUntilTold();
    void eachKindHasItsColour_data();
    void eachKindHasItsColour();
    void theUserCanDismissIt();
    void itMayBeThereToStay();
    void buttonsComeAndGo();
    void whatHelpsComesBeforeWhatDismisses();
    void buttonsMayStandBelowTheText();
    void longTextsWrap();
};

void NoticeBarTest::itIsHiddenUntilTold()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    NoticeBar bar(theme);
    QVERIFY(bar.isHidden());
    bar.tell(Kind::Error, QStringLiteral("The port is in use."));
    QVERIFY(!bar.isHidden());
    QCOMPARE(bar.text(), QStringLiteral("The port is in use."));
    QCOMPARE(bar.accessibleDescription(), bar.text());
    bar.clear();
    QVERIFY(bar.isHidden());
    QCOMPARE(bar.text(), QString());
}

void NoticeBarTest::eachKindHasItsColour_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QColor>("color");
    const Colors colors = lightColors();
    QTest::newRow("info") << static_cast<int>(Kind::Info) << colors.infoSoft;
    QTest::newRow("success") << static_cast<int>(Kind::Success) << colors.successSoft;
    QTest::newRow("warning") << static_cast<int>(Kind::Warning) << colors.warningSoft;
    QTest::newRow("error") << static_cast<int>(Kind::Error) << colors.dangerSoft;
}

void NoticeBarTest::eachKindHasItsColour()
{
    QFETCH(int, kind);
    const Theme theme(*qApp, settings::Appearance::Light);
    NoticeBar bar(theme);
    bar.tell(Kind::Info, QStringLiteral("Before"));
    bar.tell(static_cast<Kind>(kind), QStringLiteral("Now"));
    bar.resize(300, 44);
    QVERIFY(bar.kind() == static_cast<Kind>(kind));
    QTEST(bar.grab().toImage().pixelColor(6, 22), "color");
}

void NoticeBarTest::theUserCanDismissIt()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    NoticeBar bar(theme);
    const QSignalSpy dismissed(&bar, &NoticeBar::dismissed);
    bar.tell(Kind::Info, QStringLiteral("Text"));
    QTest::mouseClick(bar.findChild<IconButton *>(), Qt::LeftButton);
    QCOMPARE(dismissed.count(), 1);
    QVERIFY(bar.isHidden());
}

void NoticeBarTest::itMayBeThereToStay()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    NoticeBar bar(theme);
    bar.setDismissible(false);
    bar.tell(Kind::Info, QStringLiteral("Text"));
    QVERIFY(bar.findChild<IconButton *>()->isHidden());
}

void NoticeBarTest::buttonsComeAndGo()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    NoticeBar bar(theme);
    bar.tell(Kind::Warning, QStringLiteral("Lost"));
    QPointer<QPushButton> retry = bar.addButton(QStringLiteral("Retry now"));
    connect(retry, &QPushButton::clicked, &bar, &NoticeBar::clearButtons); // from its own click
    retry->click();
    QTRY_VERIFY(retry.isNull());
    QVERIFY(bar.findChildren<QPushButton *>().isEmpty());
}

void NoticeBarTest::whatHelpsComesBeforeWhatDismisses()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    NoticeBar bar(theme);
    bar.tell(Kind::Warning, QStringLiteral("Lost"));
    const QPushButton *first = bar.addButton(QStringLiteral("Retry now"));
    const QPushButton *second = bar.addButton(QStringLiteral("Stop"));
    QCOMPARE(first->nextInFocusChain(), second);
    QCOMPARE(second->nextInFocusChain(), bar.findChild<IconButton *>());
}

void NoticeBarTest::buttonsMayStandBelowTheText()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    NoticeBar bar(theme);
    bar.setButtonsBelow();
    bar.tell(Kind::Warning, QStringLiteral("No keyring answers"));
    const int without = bar.sizeHint().height();
    QPushButton *button = bar.addButton(QStringLiteral("Keep them in an encrypted file"));
    QVERIFY(bar.sizeHint().height() > without);
    bar.resize(400, bar.heightForWidth(400));
    QVERIFY(QTest::qWaitForWindowExposed(&bar));
    const auto *label = bar.findChild<QLabel *>();
    QVERIFY(button->mapTo(&bar, QPoint()).y() >= label->geometry().bottom());
    QVERIFY(button->mapTo(&bar, QPoint()).x() >= label->geometry().left());
    bar.clearButtons();
    QCOMPARE(bar.sizeHint().height(), without);
}

void NoticeBarTest::longTextsWrap()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    NoticeBar bar(theme);
    bar.tell(Kind::Warning, QStringLiteral("The connection to the server is lost. ").repeated(6));
    bar.resize(320, bar.heightForWidth(320));
    QVERIFY(QTest::qWaitForWindowExposed(&bar));
    QCOMPARE(support::cutTexts(bar), QStringList());
    QVERIFY(bar.height() > 80);
}

QTEST_MAIN(NoticeBarTest)
#include "notice_bar_test.moc"
