#include "support/screenshot.h"
#include "ui/views/timing_bar.h"

#include <QApplication>
#include <QTest>

using namespace ui;

class TimingBarTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isSpokenInWords();
    void partsHaveTheirShare();
    void looksRight();
};

void TimingBarTest::isSpokenInWords()
{
    Theme theme(*qApp, settings::Appearance::Light);
    TimingBar bar(theme);
    bar.setTimes(9'000, 12'000);
    QVERIFY2(bar.accessibleName().contains(QStringLiteral("9.0 ms")) ||
                 bar.accessibleName().contains(QStringLiteral("9 ms")),
             qPrintable(bar.accessibleName()));
    bar.setTimes(50, 20); // a head later than the end cannot be
    bar.setTimes(-1, -1);
    QVERIFY(!bar.accessibleName().isEmpty());
}

void TimingBarTest::partsHaveTheirShare()
{
    Theme theme(*qApp, settings::Appearance::Light);
    TimingBar bar(theme);
    bar.resize(400, bar.sizeHint().height());
    bar.setTimes(50, 100);
    const QImage image = bar.grab().toImage();
    QCOMPARE(image.pixelColor(100, 6), lightColors().info);
    QCOMPARE(image.pixelColor(300, 6), lightColors().success);
    bar.setTimes(0, 100);
    QCOMPARE(bar.grab().toImage().pixelColor(300, 6), lightColors().border);
}

void TimingBarTest::looksRight()
{
    support::keepScreenshots(QStringLiteral("timing-bar"), {360, 40}, [](Theme &theme) {
        auto bar = std::make_unique<TimingBar>(theme);
        bar->setTimes(9'000, 12'400);
        return bar;
    });
}

QTEST_MAIN(TimingBarTest)
#include "timing_bar_test.moc"
