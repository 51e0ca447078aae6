#include "ui/widgets/search_field.h"

#include <QAction>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace ui;

class SearchFieldTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void clearComesWithText();
    void escapeClearsThenLeaves();
    void downGoesToTheList();
    void aFaultIsShownAndTold();
    void typingWorks();
};

void SearchFieldTest::clearComesWithText()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    SearchField field(theme, QStringLiteral("Filter"));
    QAction *clear = field.actions().last();
    QVERIFY(!clear->isVisible());
    field.setText(QStringLiteral("status:404"));
    QVERIFY(clear->isVisible());
    clear->trigger();
    QCOMPARE(field.text(), QString());
    QVERIFY(!clear->isVisible());
}

void SearchFieldTest::escapeClearsThenLeaves()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    SearchField field(theme, QStringLiteral("Filter"));
    const QSignalSpy left(&field, &SearchField::left);
    field.setText(QStringLiteral("a"));
    QTest::keyClick(&field, Qt::Key_Escape);
    QCOMPARE(field.text(), QString());
    QCOMPARE(left.count(), 0);
    QTest::keyClick(&field, Qt::Key_Escape);
    QCOMPARE(left.count(), 1);
}

void SearchFieldTest::downGoesToTheList()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    SearchField field(theme, QStringLiteral("Filter"));
    const QSignalSpy down(&field, &SearchField::downPressed);
    QTest::keyClick(&field, Qt::Key_Down);
    QCOMPARE(down.count(), 1);
}

void SearchFieldTest::aFaultIsShownAndTold()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    SearchField field(theme, QStringLiteral("Filter"));
    field.resize(200, 32);
    field.setFault(QStringLiteral("No such status."));
    QCOMPARE(field.toolTip(), QStringLiteral("No such status."));
    QCOMPARE(field.accessibleDescription(), field.fault());
    QCOMPARE(field.grab().toImage().pixelColor(100, 0), theme.colors().danger);
    field.setFault({});
    QCOMPARE(field.toolTip(), QString());
    QCOMPARE(field.grab().toImage().pixelColor(100, 0), theme.colors().outline);
}

void SearchFieldTest::typingWorks()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    SearchField field(theme, QStringLiteral("Filter"));
    const QSignalSpy changed(&field, &QLineEdit::textChanged);
    QTest::keyClicks(&field, QStringLiteral("pay"));
    QCOMPARE(field.text(), QStringLiteral("pay"));
    QCOMPARE(changed.count(), 3);
}

QTEST_MAIN(SearchFieldTest)
#include "search_field_test.moc"
