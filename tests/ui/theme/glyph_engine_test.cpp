#include "ui/theme/glyph_engine.h"

#include <QFile>
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>
#include <QTest>

using namespace ui;

namespace {

const QColor kRed(200, 0, 0);
const QColor kGrey(128, 128, 128);

QList<Glyph> allGlyphs()
{
    QList<Glyph> all;
    for (int value = 0; value <= static_cast<int>(Glyph::StatusIdle); ++value)
        all += static_cast<Glyph>(value);
    return all;
}

QImage drawn(Glyph glyph, int side, QIcon::Mode mode = QIcon::Normal)
{
    return GlyphEngine(glyph, kRed, kGrey).pixmap(QSize(side, side), mode, QIcon::Off).toImage();
}

// The mean of opacity in a grid of cells: how a shape looks from afar.
QList<int> silhouette(const QImage &image)
{
    const QImage small = image.scaled(8, 8, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    QList<int> cells;
    for (int index = 0; index < 64; ++index)
        cells += qAlpha(small.pixel(index % 8, index / 8));
    return cells;
}

int difference(const QList<int> &one, const QList<int> &other)
{
    int sum = 0;
    for (qsizetype index = 0; index < one.size(); ++index)
        sum += qAbs(one[index] - other[index]);
    return sum;
}

} // namespace

class GlyphEngineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyGlyphIsDrawn();
    void noTwoGlyphsAreTheSame();
    void theFilesAreOneFamily();
    void theColourIsTheOneAskedFor();
    void disabledIsDimmed();
    void paintingIsSharpAtTwiceTheScale();
    void statesAreToldByShape();
};

void GlyphEngineTest::everyGlyphIsDrawn()
{
    for (const Glyph glyph : allGlyphs()) {
        QVERIFY2(!glyphName(glyph).isEmpty(), qPrintable(QString::number(static_cast<int>(glyph))));
        const QList<int> cells = silhouette(drawn(glyph, 16));
        QVERIFY2(difference(cells, QList<int>(64, 0)) > 300, qPrintable(glyphName(glyph)));
    }
}

void GlyphEngineTest::noTwoGlyphsAreTheSame()
{
    QSet<QString> names;
    for (const Glyph glyph : allGlyphs())
        names.insert(glyphName(glyph));
    QCOMPARE(names.size(), allGlyphs().size());
}

void GlyphEngineTest::theFilesAreOneFamily()
{
    registerIcons();
    for (const Glyph glyph : allGlyphs()) {
        QFile file(QStringLiteral(":/icons/%1.svg").arg(glyphName(glyph)));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray svg = file.readAll();
        QVERIFY(QSvgRenderer(svg).isValid());
        QVERIFY2(svg.contains("viewBox=\"0 0 16 16\""), qPrintable(file.fileName()));
        QVERIFY2(svg.contains("stroke=\"currentColor\" stroke-width=\"1.5\" stroke-linecap=\"round\""),
                 qPrintable(file.fileName()));
        QVERIFY2(!svg.contains('#'), qPrintable(file.fileName())); // no colour of its own
    }
}

void GlyphEngineTest::theColourIsTheOneAskedFor()
{
    const QImage image = drawn(Glyph::StatusOnline, 32);
    QCOMPARE(image.pixelColor(6, 16), kRed); // in the disc, left of the check
    QCOMPARE(qAlpha(image.pixel(0, 0)), 0);
}

void GlyphEngineTest::disabledIsDimmed()
{
    QCOMPARE(drawn(Glyph::StatusOnline, 32, QIcon::Disabled).pixelColor(6, 16), kGrey);
}

void GlyphEngineTest::paintingIsSharpAtTwiceTheScale()
{
    QImage large(32, 32, QImage::Format_ARGB32_Premultiplied);
    large.setDevicePixelRatio(2);
    large.fill(Qt::transparent);
    QPainter painter(&large);
    GlyphEngine(Glyph::Search, kRed, kGrey).paint(&painter, QRect(0, 0, 16, 16), QIcon::Normal, QIcon::Off);
    painter.end();
    large.setDevicePixelRatio(1);
    QCOMPARE(large, drawn(Glyph::Search, 32).convertToFormat(large.format()));
}

void GlyphEngineTest::statesAreToldByShape()
{
    const QList<Glyph> states{Glyph::StatusOnline, Glyph::StatusPending, Glyph::StatusPaused, Glyph::StatusFailed,
                              Glyph::StatusIdle};
    for (const Glyph one : states) {
        for (const Glyph other : states) {
            if (one != other)
                QVERIFY2(difference(silhouette(drawn(one, 16)), silhouette(drawn(other, 16))) > 400,
                         qPrintable(glyphName(one) + QLatin1Char(' ') + glyphName(other)));
        }
    }
}

QTEST_MAIN(GlyphEngineTest)
#include "glyph_engine_test.moc"
