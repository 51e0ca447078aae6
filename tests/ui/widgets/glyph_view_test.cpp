#include "ui/widgets/glyph_view.h"

#include <QApplication>
#include <QImage>
#include <QTest>

using namespace ui;

class GlyphViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itIsDrawnInItsTone();
    void itFollowsTheTheme();
    void aDiscSurroundsIt();
    void itGrowsWithTheFont();
};

namespace {

QColor leftOfCheck(GlyphView &view)
{
    view.resize(view.sizeHint());
    return view.grab().toImage().pixelColor(6, 16); // in the disc of a 32 pixel StatusOnline
}

} // namespace

void GlyphViewTest::itIsDrawnInItsTone()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    GlyphView view(theme, Glyph::StatusOnline, &Colors::danger);
    view.setSide(32);
    QCOMPARE(leftOfCheck(view), theme.colors().danger);
    view.setTone(&Colors::success);
    QCOMPARE(leftOfCheck(view), theme.colors().success);
    view.setGlyph(Glyph::StatusIdle); // an empty ring
    QVERIFY(view.grab().toImage().pixelColor(12, 16) != theme.colors().success);
}

void GlyphViewTest::itFollowsTheTheme()
{
    Theme theme(*qApp, settings::Appearance::Light);
    GlyphView view(theme, Glyph::StatusOnline, &Colors::danger);
    view.setSide(32);
    theme.setAppearance(settings::Appearance::Dark);
    QCOMPARE(leftOfCheck(view), darkColors().danger);
}

void GlyphViewTest::aDiscSurroundsIt()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    GlyphView view(theme, Glyph::Tunnel, &Colors::accent);
    view.setSide(24);
    view.setDisc(&Colors::selection);
    QCOMPARE(view.sizeHint(), QSize(48, 48));
    view.resize(view.sizeHint());
    QCOMPARE(view.grab().toImage().pixelColor(4, 24), theme.colors().selection);
}

void GlyphViewTest::itGrowsWithTheFont()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    GlyphView view(theme, Glyph::Tunnel, &Colors::accent);
    QCOMPARE(view.sizeHint(), QSize(16, 16));
    QFont large = view.font();
    large.setPointSizeF(large.pointSizeF() * 2);
    view.setFont(large);
    QVERIFY(view.sizeHint().width() >= 28);
}

QTEST_MAIN(GlyphViewTest)
#include "glyph_view_test.moc"
