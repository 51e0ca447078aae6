#include "ui/theme/metrics.h"
#include "ui/widgets/icon_button.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace ui;

class IconButtonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nameAndKeysAreTold();
    void itIsSquare();
    void theKeyboardReachesItAndSeesIt();
    void itFollowsTheTheme();
};

void IconButtonTest::nameAndKeysAreTold()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    IconButton button(theme, Glyph::Copy, QStringLiteral("Copy URL"));
    QCOMPARE(button.accessibleName(), QStringLiteral("Copy URL"));
    QCOMPARE(button.toolTip(), QStringLiteral("Copy URL"));
    button.setKeys(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    QCOMPARE(button.toolTip(), QStringLiteral("Copy URL (Ctrl+Shift+C)"));
    button.setName(QStringLiteral("Copied"));
    QCOMPARE(button.toolTip(), QStringLiteral("Copied (Ctrl+Shift+C)"));
    QVERIFY(button.shortcut().isEmpty()); // it belongs to the window's action
}

void IconButtonTest::itIsSquare()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    IconButton button(theme, Glyph::Copy, QStringLiteral("Copy"));
    button.ensurePolished();
    QCOMPARE(button.sizeHint(), QSize(kControlHeight, kControlHeight));
}

void IconButtonTest::theKeyboardReachesItAndSeesIt()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    QWidget window;
    IconButton first(theme, Glyph::Copy, QStringLiteral("Copy"), &window);
    IconButton second(theme, Glyph::Stop, QStringLiteral("Stop"), &window);
    second.move(40, 0);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    const QImage quiet = second.grab().toImage();
    first.setFocus(Qt::TabFocusReason);
    QTest::keyClick(&first, Qt::Key_Tab);
    QVERIFY(second.hasFocus());
    QVERIFY(second.grab().toImage() != quiet);
    const QSignalSpy clicked(&second, &IconButton::clicked);
    QTest::keyClick(&second, Qt::Key_Space);
    QCOMPARE(clicked.count(), 1);
}

void IconButtonTest::itFollowsTheTheme()
{
    Theme theme(*qApp, settings::Appearance::Light);
    IconButton button(theme, Glyph::StatusOnline, QStringLiteral("State"));
    const auto color = [&button] { return button.icon().pixmap(32, 32).toImage().pixelColor(6, 16); };
    QCOMPARE(color(), lightColors().text);
    theme.setAppearance(settings::Appearance::Dark);
    QCOMPARE(color(), darkColors().text);
    button.setTone(&Colors::success);
    QCOMPARE(color(), darkColors().success);
    button.setGlyph(Glyph::StatusIdle);
    QVERIFY(button.glyph() == Glyph::StatusIdle);
    QVERIFY(button.icon().pixmap(32, 32).toImage().pixelColor(12, 16).alpha() == 0);
}

QTEST_MAIN(IconButtonTest)
#include "icon_button_test.moc"
