#include "support/screenshot.h"
#include "ui/models/exchange_model.h"
#include "ui/seen.h"
#include "ui/traffic_samples.h"
#include "ui/views/exchange_delegate.h"

#include <QApplication>
#include <QPainter>
#include <QTest>

using namespace ui;

namespace {

struct Stage {
    Theme theme{*qApp, settings::Appearance::Light};
    traffic::ExchangeStore store;
    ExchangeModel model{store};
    ExchangeDelegate delegate{theme};

    explicit Stage(const client::ExchangeSummary &exchange) { store.add({exchange}); }

    [[nodiscard]] QImage painted(ExchangeColumn column, QStyle::State state = QStyle::State_Enabled, int width = 200)
    {
        QImage image(width, 32, QImage::Format_ARGB32_Premultiplied);
        image.fill(theme.colors().surface);
        QStyleOptionViewItem option;
        option.rect = image.rect();
        option.font = QApplication::font();
        option.fontMetrics = QFontMetrics(option.font);
        option.state = state;
        QPainter painter(&image);
        delegate.paint(&painter, option, model.index(0, int(column)));
        return image;
    }
};

} // namespace

class ExchangeDelegateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRowTellsThatItIsChosenOrPointedAt();
    void theMarkerHasTheColourOfWhatItMeans();
    void anOrdinaryRequestHasNoMarker();
    void theQueryIsDimmed();
    void aVeryLongPathIsPaintedQuickly();
    void everyCellIsPainted();
};

void ExchangeDelegateTest::aRowTellsThatItIsChosenOrPointedAt()
{
    Stage stage(samples::summary(1));
    QCOMPARE(stage.painted(ExchangeColumn::Time).pixelColor(0, 0), lightColors().surface);
    QCOMPARE(stage.painted(ExchangeColumn::Time, QStyle::State_Selected).pixelColor(0, 0), lightColors().selection);
    stage.delegate.setHoveredRow(0);
    QCOMPARE(stage.painted(ExchangeColumn::Time).pixelColor(0, 0), lightColors().hover);
}

void ExchangeDelegateTest::theMarkerHasTheColourOfWhatItMeans()
{
    Stage failed(samples::summary(1, "GET", "/", 502));
    QVERIFY(support::hasColor(failed.painted(ExchangeColumn::Marker), lightColors().danger));
    Stage replayed(samples::replayed(1, "GET", "/"));
    QVERIFY(support::hasColor(replayed.painted(ExchangeColumn::Marker), lightColors().accent));
    Stage upgraded(samples::upgraded(1, "/ws"));
    QVERIFY(support::hasColor(upgraded.painted(ExchangeColumn::Marker), lightColors().info));
    replayed.theme.setAppearance(settings::Appearance::Dark); // glyphs are drawn anew
    QVERIFY(support::hasColor(replayed.painted(ExchangeColumn::Marker), darkColors().accent));
}

void ExchangeDelegateTest::anOrdinaryRequestHasNoMarker()
{
    Stage stage(samples::summary(1));
    const QImage image = stage.painted(ExchangeColumn::Marker);
    QImage empty = image;
    empty.fill(lightColors().surface);
    QCOMPARE(image, empty);
}

void ExchangeDelegateTest::theQueryIsDimmed()
{
    Stage plain(samples::summary(1, "GET", "/mmmmmm"));
    QVERIFY(!support::hasColor(plain.painted(ExchangeColumn::Path), lightColors().muted));
    Stage query(samples::summary(1, "GET", "/m?mmmmmmMMMMM||||"));
    QVERIFY(query.painted(ExchangeColumn::Path) != plain.painted(ExchangeColumn::Path));
}

void ExchangeDelegateTest::aVeryLongPathIsPaintedQuickly()
{
    auto exchange = samples::summary(1);
    exchange.target = QStringLiteral("/") + QString(16'000, QLatin1Char('a'));
    Stage stage(exchange);
    QBENCHMARK_ONCE
    {
        QVERIFY(!stage.painted(ExchangeColumn::Path).isNull());
    }
    auto shorter = exchange;
    shorter.target.truncate(2000);
    Stage other(shorter); // what is beyond the bound makes no difference
    QCOMPARE(stage.painted(ExchangeColumn::Path), other.painted(ExchangeColumn::Path));
}

void ExchangeDelegateTest::everyCellIsPainted()
{
    Stage stage(samples::summary(1, "GET", "/path?query", 200));
    for (int column = 1; column < kExchangeColumns; ++column) {
        const QImage image = stage.painted(ExchangeColumn(column));
        QImage empty = image;
        empty.fill(lightColors().surface);
        QVERIFY2(image != empty, qPrintable(QStringLiteral("column %1").arg(column)));
    }
}

QTEST_MAIN(ExchangeDelegateTest)
#include "exchange_delegate_test.moc"
