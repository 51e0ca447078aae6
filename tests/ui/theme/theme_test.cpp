#include "gallery.h"
#include "support/screenshot.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QImage>
#include <QSignalSpy>
#include <QTest>

using namespace ui;
using settings::Appearance;

class ThemeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void appearancesAreWhatTheySay();
    void aChangeIsTold();
    void theSystemsLightnessIsTaken();
    void thePaletteIsOurs();
    void iconsFollowTheColours();
    void fontsAreOneFamilyInThreeSizes();
    void monospaceIsMonospace();
    void controls();
    void widgets();
};

void ThemeTest::appearancesAreWhatTheySay()
{
    QVERIFY(!Theme(*qApp, Appearance::Light).colors().dark);
    QVERIFY(Theme(*qApp, Appearance::Dark).colors().dark);
}

void ThemeTest::aChangeIsTold()
{
    Theme theme(*qApp, Appearance::Light);
    const QSignalSpy told(&theme, &Theme::changed);
    theme.setAppearance(Appearance::Light);
    QCOMPARE(told.count(), 0);
    theme.setAppearance(Appearance::Dark);
    QCOMPARE(told.count(), 1);
    QVERIFY(theme.colors().dark);
    QVERIFY(qApp->styleSheet().contains(darkColors().accent.name()));
}

// The offscreen platform's own palette is light, whatever we set before.
void ThemeTest::theSystemsLightnessIsTaken()
{
    Theme theme(*qApp, Appearance::Dark);
    theme.setAppearance(Appearance::System);
    QVERIFY(!theme.colors().dark);
    QCOMPARE(QApplication::palette().color(QPalette::Window), lightColors().window);
}

void ThemeTest::thePaletteIsOurs()
{
    const Theme theme(*qApp, Appearance::Dark);
    const QPalette palette = QApplication::palette();
    QCOMPARE(palette.color(QPalette::Window), theme.colors().window);
    QCOMPARE(palette.color(QPalette::Base), theme.colors().surface);
    QCOMPARE(palette.color(QPalette::Text), theme.colors().text);
    QCOMPARE(palette.color(QPalette::Highlight), theme.colors().selection);
    QCOMPARE(palette.color(QPalette::Disabled, QPalette::Text), theme.colors().disabled);
}

void ThemeTest::iconsFollowTheColours()
{
    const Theme theme(*qApp, Appearance::Light);
    const auto centre = [](const QIcon &icon, QIcon::Mode mode) {
        return icon.pixmap(QSize(32, 32), 1, mode).toImage().pixelColor(6, 16);
    };
    QCOMPARE(centre(theme.icon(Glyph::StatusOnline), QIcon::Normal), theme.colors().text);
    QCOMPARE(centre(theme.icon(Glyph::StatusOnline), QIcon::Disabled), theme.colors().disabled);
    QCOMPARE(centre(theme.icon(Glyph::StatusOnline, Qt::red), QIcon::Normal), QColor(Qt::red));
}

void ThemeTest::fontsAreOneFamilyInThreeSizes()
{
    const Theme theme(*qApp, Appearance::Light);
    const QFont base = QApplication::font();
    if (QFontDatabase::hasFamily(QStringLiteral("Inter")))
        QCOMPARE(base.family(), QStringLiteral("Inter"));
    QCOMPARE(theme.heading().family(), base.family());
    QCOMPARE(theme.small().family(), base.family());
    QVERIFY(theme.small().pointSizeF() < base.pointSizeF());
    QVERIFY(base.pointSizeF() < theme.heading().pointSizeF());
}

void ThemeTest::monospaceIsMonospace()
{
    const Theme theme(*qApp, Appearance::Light);
    const QFontMetricsF metrics(theme.monospace());
    QCOMPARE(metrics.horizontalAdvance(QStringLiteral("iiii")), metrics.horizontalAdvance(QStringLiteral("WWWW")));
}

void ThemeTest::controls()
{
    support::keepScreenshots(QStringLiteral("gallery-controls"), QSize(1000, 640), gallery::controls);
}

void ThemeTest::widgets()
{
    support::keepScreenshots(QStringLiteral("gallery-widgets"), QSize(960, 760), gallery::widgets);
}

QTEST_MAIN(ThemeTest)
#include "theme_test.moc"
