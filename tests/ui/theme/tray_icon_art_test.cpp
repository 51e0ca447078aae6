#include "ui/theme/theme.h"
#include "ui/theme/tray_icon_art.h"

#include <QImage>
#include <QPainter>
#include <QTest>

using namespace ui;
using workspace::Overall;

namespace {

const QList<Overall> kAll{Overall::Idle, Overall::Up, Overall::Paused, Overall::Connecting, Overall::Failed};

QImage onPanel(Overall overall, int side, const QColor &panel)
{
    QImage image(side, side, QImage::Format_RGB32);
    image.fill(panel);
    QPainter painter(&image);
    painter.drawPixmap(0, 0, trayIcon(overall).pixmap(side, side));
    return image;
}

// Pixels whose grey differs clearly: shapes that are told without colours.
int greyDifference(const QImage &one, const QImage &other)
{
    int count = 0;
    for (int y = 0; y < one.height(); ++y) {
        for (int x = 0; x < one.width(); ++x)
            count += qAbs(qGray(one.pixel(x, y)) - qGray(other.pixel(x, y))) > 48;
    }
    return count;
}

} // namespace

class TrayIconArtTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyPanelSizeIsThere();
    void statesAreToldWithoutColour();
    void itShowsOnLightAndDarkPanels();
    void theApplicationIconIsThere();
};

void TrayIconArtTest::everyPanelSizeIsThere()
{
    for (const Overall overall : kAll) {
        for (const int side : {16, 22, 24, 32, 44, 48, 64})
            QCOMPARE(trayIcon(overall).actualSize(QSize(side, side)), QSize(side, side));
    }
}

void TrayIconArtTest::statesAreToldWithoutColour()
{
    for (const Overall one : kAll) {
        for (const Overall other : kAll) {
            if (one == other)
                continue;
            const int differs = greyDifference(onPanel(one, 22, Qt::white), onPanel(other, 22, Qt::white));
            QVERIFY2(
                differs > 20,
                qPrintable(
                    QStringLiteral("%1 %2: %3").arg(static_cast<int>(one)).arg(static_cast<int>(other)).arg(differs)));
        }
    }
}

void TrayIconArtTest::itShowsOnLightAndDarkPanels()
{
    for (const QColor &panel : {QColor(Qt::white), QColor(0x20, 0x22, 0x28)}) {
        QImage empty(22, 22, QImage::Format_RGB32);
        empty.fill(panel);
        for (const Overall overall : kAll)
            QVERIFY(greyDifference(onPanel(overall, 22, panel), empty) > 22 * 22 / 5);
    }
}

void TrayIconArtTest::theApplicationIconIsThere()
{
    const QImage image = applicationIcon().pixmap(64, 64).toImage();
    QCOMPARE(image.size(), QSize(64, 64));
    QVERIFY(image.pixelColor(12, 40).lightness() > 240); // the arch
    QVERIFY(image.pixelColor(32, 8).blue() > 200);       // on indigo
}

QTEST_MAIN(TrayIconArtTest)
#include "tray_icon_art_test.moc"
