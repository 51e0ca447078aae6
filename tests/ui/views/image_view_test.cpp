#include "support/screenshot.h"
#include "ui/traffic_samples.h"
#include "ui/views/image_view.h"

#include <QApplication>
#include <QTest>

using namespace ui;

class ImageViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fitsAndNeverEnlarges();
    void keepsTheProportions();
    void looksRight();
};

void ImageViewTest::fitsAndNeverEnlarges()
{
    Theme theme(*qApp, settings::Appearance::Light);
    ImageView view(theme);
    view.resize(400, 400);
    QVERIFY(view.imageRect().isNull());
    const QImage image = QImage::fromData(samples::png({20, 10}));
    view.setImage(image, image.size());
    QCOMPARE(view.imageRect().size(), QSize(20, 10));
    view.setImage(image, {2000, 1000}); // a smaller copy of a large one
    QVERIFY(view.rect().contains(view.imageRect()));
    QVERIFY(view.imageRect().width() > 300);
    QVERIFY(view.accessibleDescription().contains(QStringLiteral("2000")));
}

void ImageViewTest::keepsTheProportions()
{
    Theme theme(*qApp, settings::Appearance::Light);
    ImageView view(theme);
    view.resize(400, 200);
    view.setImage(QImage(10, 10, QImage::Format_RGB32), {4000, 4000});
    QCOMPARE(view.imageRect().width(), view.imageRect().height());
    view.resize(100, 800);
    view.setImage(QImage(10, 10, QImage::Format_RGB32), {100'000, 1});
    QVERIFY(view.imageRect().height() >= 1);
}

void ImageViewTest::looksRight()
{
    support::keepScreenshots(QStringLiteral("image-view"), {420, 300}, [](Theme &theme) {
        auto view = std::make_unique<ImageView>(theme);
        const QImage image = QImage::fromData(samples::png());
        view->setImage(image, image.size());
        return view;
    });
}

QTEST_MAIN(ImageViewTest)
#include "image_view_test.moc"
