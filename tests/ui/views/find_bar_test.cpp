#include "support/screenshot.h"
#include "ui/views/find_bar.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/search_field.h"

#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace ui;

namespace {

struct Stage {
    Theme theme{*qApp, settings::Appearance::Light};
    QWidget window;
    FindBar *bar = new FindBar(theme, &window);

    Stage()
    {
        bar->resize(400, 40);
        window.show();
    }
    [[nodiscard]] SearchField *field() const { return bar->findChild<SearchField *>(); }
};

} // namespace

class FindBarTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void opensWithTheKeyboardInIt();
    void tellsWhatIsTyped();
    void enterGoesOnAndShiftEnterBack();
    void tellsTheCount();
    void escapeClearsThenCloses();
    void looksRight();
};

void FindBarTest::opensWithTheKeyboardInIt()
{
    Stage stage;
    QVERIFY(!stage.bar->isVisible());
    stage.bar->open();
    QVERIFY(stage.bar->isVisible());
    QTRY_COMPARE(QApplication::focusWidget(), stage.field());
}

void FindBarTest::tellsWhatIsTyped()
{
    Stage stage;
    const QSignalSpy changed(stage.bar, &FindBar::textChanged);
    stage.bar->open();
    QTest::keyClicks(stage.field(), QStringLiteral("ab"));
    QCOMPARE(changed.size(), 2);
    QCOMPARE(stage.bar->text(), QStringLiteral("ab"));
}

void FindBarTest::enterGoesOnAndShiftEnterBack()
{
    Stage stage;
    const QSignalSpy next(stage.bar, &FindBar::nextRequested);
    stage.bar->open();
    QTest::keyClick(stage.field(), Qt::Key_Return);
    QTest::keyClick(stage.field(), Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(next.size(), 2);
    QCOMPARE(next.at(0).at(0).toBool(), false);
    QCOMPARE(next.at(1).at(0).toBool(), true);
}

void FindBarTest::tellsTheCount()
{
    Stage stage;
    stage.bar->open();
    const auto *count = stage.bar->findChild<QLabel *>();
    stage.bar->showCount(0, 0);
    QVERIFY(count->text().isEmpty());
    stage.field()->setText(QStringLiteral("a"));
    stage.bar->showCount(2, 5);
    QCOMPARE(count->text(), QStringLiteral("2 of 5"));
    stage.bar->showCount(0, 0);
    QCOMPARE(count->text(), QStringLiteral("No match"));
    for (const auto *button : stage.bar->findChildren<IconButton *>())
        QVERIFY(!button->isEnabled());
}

void FindBarTest::escapeClearsThenCloses()
{
    Stage stage;
    const QSignalSpy closed(stage.bar, &FindBar::closed);
    stage.bar->open();
    QTest::keyClicks(stage.field(), QStringLiteral("a"));
    QTest::keyClick(stage.field(), Qt::Key_Escape);
    QVERIFY(stage.bar->text().isEmpty());
    QTest::keyClick(stage.field(), Qt::Key_Escape);
    QVERIFY(!stage.bar->isVisible());
    QCOMPARE(closed.size(), 1);
}

void FindBarTest::looksRight()
{
    support::keepScreenshots(QStringLiteral("find-bar"), {420, 48}, [](Theme &theme) {
        auto bar = std::make_unique<FindBar>(theme);
        bar->open();
        bar->findChild<SearchField *>()->setText(QStringLiteral("order"));
        bar->showCount(3, 12);
        return bar;
    });
}

QTEST_MAIN(FindBarTest)
#include "find_bar_test.moc"
