#include "support/screenshot.h"
#include "ui/widgets/elided_label.h"

#include <QAccessible>
#include <QApplication>
#include <QHelpEvent>
#include <QTest>
#include <QToolTip>

using namespace ui;

namespace {

const QString kLong = QStringLiteral("https://shop.relay.example.com/orders/2026/11/23/items?page=1");

void askForTooltip(QWidget &widget)
{
    QHelpEvent event(QEvent::ToolTip, QPoint(4, 4), widget.mapToGlobal(QPoint(4, 4)));
    QApplication::sendEvent(&widget, &event);
}

} // namespace

class ElidedLabelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QToolTip::hideText(); }
    void whatFitsIsShown();
    void theMiddleGivesWay();
    void theWholeTextIsInTheTooltip();
    void aReaderHearsAllOfIt();
    void theWidthIsForTheWholeText();
    void itIsNoCutText();
    void linesAreJoined();
};

void ElidedLabelTest::whatFitsIsShown()
{
    ElidedLabel label(kLong);
    label.resize(label.sizeHint());
    QCOMPARE(label.shownText(), kLong);
}

void ElidedLabelTest::theMiddleGivesWay()
{
    ElidedLabel label(kLong);
    label.resize(200, 20);
    QVERIFY(label.shownText().contains(QChar(0x2026)));
    QVERIFY(label.shownText().startsWith(QLatin1String("https")));
    QVERIFY(label.shownText().endsWith(QLatin1String("=1")));
    QVERIFY(label.fontMetrics().horizontalAdvance(label.shownText()) <= 200);
    label.setElideMode(Qt::ElideRight);
    QVERIFY(label.shownText().endsWith(QChar(0x2026)));
}

void ElidedLabelTest::theWholeTextIsInTheTooltip()
{
    ElidedLabel label(kLong);
    label.resize(200, 20);
    label.show();
    QVERIFY(QTest::qWaitForWindowExposed(&label));
    askForTooltip(label);
    QCOMPARE(QToolTip::text(), kLong);
    label.setToolTip(QStringLiteral("Its own"));
    askForTooltip(label);
    QCOMPARE(QToolTip::text(), QStringLiteral("Its own"));
}

void ElidedLabelTest::aReaderHearsAllOfIt()
{
    ElidedLabel label(kLong);
    label.resize(100, 20);
    QAccessibleInterface *reader = QAccessible::queryAccessibleInterface(&label);
    QVERIFY(reader);
    QCOMPARE(reader->text(QAccessible::Name), kLong);
}

void ElidedLabelTest::theWidthIsForTheWholeText()
{
    ElidedLabel label(kLong);
    QVERIFY(label.sizeHint().width() >= label.fontMetrics().horizontalAdvance(kLong));
    QVERIFY(label.minimumSizeHint().width() < label.sizeHint().width() / 3);
    label.setText(QStringLiteral("/"));
    QCOMPARE(label.minimumSizeHint(), label.sizeHint());
}

void ElidedLabelTest::itIsNoCutText()
{
    QWidget window;
    ElidedLabel label(kLong, &window);
    label.setGeometry(0, 0, 100, 20);
    QLabel plain(kLong, &window);
    plain.setGeometry(0, 30, 100, 20);
    window.resize(300, 60);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    const QStringList cut = support::cutTexts(window);
    QCOMPARE(cut.size(), 1);
    QVERIFY2(cut.first().startsWith(QLatin1String("QLabel")), qPrintable(cut.first()));
}

void ElidedLabelTest::linesAreJoined()
{
    ElidedLabel label(QStringLiteral("one\ntwo"));
    label.resize(200, 20);
    QCOMPARE(label.shownText(), QStringLiteral("one two"));
}

QTEST_MAIN(ElidedLabelTest)
#include "elided_label_test.moc"
