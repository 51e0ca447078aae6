#include "ui/theme/theme.h"
#include "ui/widgets/qr_view.h"

#include <QApplication>
#include <QTest>

using namespace ui;

namespace {

const QString kUrl = QStringLiteral("https://shop.relay.example.com/");

bool isDark(const QImage &image, int x, int y)
{
    return qGray(image.pixel(x, y)) < 128;
}

// The 7 by 7 square with a ring that scanners look for.
bool isFinder(const QImage &image, int left, int top)
{
    for (int y = 0; y < 7; ++y) {
        for (int x = 0; x < 7; ++x) {
            const int ring = std::max(std::abs(x - 3), std::abs(y - 3));
            if (isDark(image, left + x, top + y) != (ring != 2))
                return false;
        }
    }
    return true;
}

} // namespace

class QrViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theCodeHasItsFindersAndItsQuietZone();
    void differentTextsDiffer();
    void whatCannotBeACodeIsNone();
    void modulesAreWholePixels();
    void itIsBlackOnWhiteInTheDark();
};

void QrViewTest::theCodeHasItsFindersAndItsQuietZone()
{
    const QImage image = qrImage(kUrl);
    const int side = image.width();
    QCOMPARE(image.height(), side);
    QCOMPARE((side - 8 - 17) % 4, 0); // version n has 17 + 4n modules
    QVERIFY(isFinder(image, 4, 4));
    QVERIFY(isFinder(image, side - 11, 4));
    QVERIFY(isFinder(image, 4, side - 11));
    for (int x = 0; x < side; ++x) {
        for (int y = 0; y < 4; ++y)
            QVERIFY(!isDark(image, x, y) && !isDark(image, y, x) && !isDark(image, x, side - 1 - y));
    }
}

void QrViewTest::differentTextsDiffer()
{
    QVERIFY(qrImage(kUrl) != qrImage(kUrl + QStringLiteral("a")));
}

void QrViewTest::whatCannotBeACodeIsNone()
{
    QVERIFY(qrImage({}).isNull());
    QVERIFY(qrImage(QString(5000, QLatin1Char('x'))).isNull()); // 2,331 bytes fit at level M
    QrView view;
    view.setText({});
    view.resize(100, 100);
    QCOMPARE(view.grab().toImage().pixelColor(50, 50), QColor(Qt::white));
}

void QrViewTest::modulesAreWholePixels()
{
    QrView view;
    view.setText(kUrl);
    const int modules = qrImage(kUrl).width();
    view.resize(modules * 3 + 10, modules * 3 + 10);
    const QImage image = view.grab().toImage();
    const QImage code = qrImage(kUrl);
    for (int y = 0; y < modules; ++y) {
        for (int x = 0; x < modules; ++x)
            QCOMPARE(isDark(image, 5 + 3 * x + 1, 5 + 3 * y + 1), isDark(code, x, y));
    }
}

void QrViewTest::itIsBlackOnWhiteInTheDark()
{
    const Theme theme(*qApp, settings::Appearance::Dark);
    QrView view;
    view.setText(kUrl);
    view.resize(view.sizeHint());
    const QImage image = view.grab().toImage();
    QCOMPARE(image.pixelColor(2, 2), QColor(Qt::white));
    QSet<QRgb> colors;
    for (int x = 0; x < image.width(); ++x)
        colors.insert(image.pixel(x, image.height() / 2));
    QCOMPARE(colors, (QSet<QRgb>{qRgb(0, 0, 0), qRgb(255, 255, 255)}));
}

QTEST_MAIN(QrViewTest)
#include "qr_view_test.moc"
