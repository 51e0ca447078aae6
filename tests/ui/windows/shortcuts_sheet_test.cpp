#include "support/screenshot.h"
#include "ui/windows/shortcuts_sheet.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace ui;

namespace {

struct Stage {
    Theme theme{*qApp, settings::Appearance::Light};
    QWidget window;
    QPushButton *other = new QPushButton(QStringLiteral("Other"), &window);
    ShortcutsSheet sheet{theme, &window};

    Stage()
    {
        window.resize(800, 500);
        window.show();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("no active window");
        other->setFocus();
    }
};

} // namespace

class ShortcutsSheetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void coversTheWindow();
    void anyKeyOrClickClosesIt();
    void looksRight();
};

void ShortcutsSheetTest::coversTheWindow()
{
    Stage stage;
    QVERIFY(!stage.sheet.isVisible());
    stage.sheet.open();
    QCOMPARE(stage.sheet.geometry(), stage.window.rect());
    stage.window.resize(900, 600);
    QCOMPARE(stage.sheet.geometry(), stage.window.rect());
}

void ShortcutsSheetTest::anyKeyOrClickClosesIt()
{
    Stage stage;
    stage.sheet.open();
    QCOMPARE(QApplication::focusWidget(), &stage.sheet);
    QTest::keyClick(&stage.sheet, Qt::Key_Escape);
    QVERIFY(!stage.sheet.isVisible());
    QCOMPARE(QApplication::focusWidget(), stage.other);
    stage.sheet.open();
    QTest::mouseClick(&stage.sheet, Qt::LeftButton, {}, {5, 5});
    QVERIFY(!stage.sheet.isVisible());
    stage.sheet.open();
    stage.sheet.open(); // ? again
    QVERIFY(!stage.sheet.isVisible());
}

void ShortcutsSheetTest::looksRight()
{
    support::keepScreenshots(QStringLiteral("shortcuts"), {820, 520}, [](Theme &theme) {
        auto window = std::make_unique<QWidget>();
        window->resize(820, 520);
        auto *sheet = new ShortcutsSheet(theme, window.get());
        sheet->open();
        return window;
    });
}

QTEST_MAIN(ShortcutsSheetTest)
#include "shortcuts_sheet_test.moc"
