#include "support/screenshot.h"
#include "ui/seen.h"
#include "ui/traffic_samples.h"
#include "ui/views/exchange_overview.h"
#include "ui/views/timing_bar.h"
#include "ui/views/wrapped_label.h"
#include "ui/widgets/notice_bar.h"

#include <QApplication>
#include <QLabel>
#include <QTest>

using namespace ui;
using samples::text;

namespace {

struct Stage {
    Theme theme{*qApp, settings::Appearance::Light};
    ExchangeOverview view{theme};

    explicit Stage(const client::ExchangeSummary &summary)
    {
        traffic::Exchange exchange;
        exchange.summary = summary;
        view.setExchange(exchange, text("http://shop.localhost:7000") + summary.target);
        view.resize(380, 500);
        view.show();
    }
    [[nodiscard]] bool says(const char *what) const { return support::says(view, text(what)); }
};

} // namespace

class ExchangeOverviewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsWhatHappened();
    void tellsWhyItFailed();
    void aPendingOneHasNoTiming();
    void replaysAndUpgradesSaySo();
    void aLongUrlWraps();
    void looksRight_data();
    void looksRight();
};

void ExchangeOverviewTest::tellsWhatHappened()
{
    auto summary = samples::summary(4, "POST", "/hooks/stripe", 201);
    summary.requestBytes = 1024;
    const Stage stage(summary);
    for (const char *part : {"POST", "http://shop.localhost:7000/hooks/stripe", "203.0.113.7", "1.0 kB",
                             "req_6f9619ff-8b86-4d01-b42d-00c04fc964ff", "shop"})
        QVERIFY2(stage.says(part), part);
    QVERIFY(!stage.says("Upgraded to"));
    QVERIFY(!stage.says("Origin"));
}

void ExchangeOverviewTest::tellsWhyItFailed()
{
    const Stage stage(samples::aborted(1, "/admin", wire::Code::LocalServiceUnavailable, "connection refused"));
    const auto *notice = stage.view.findChild<NoticeBar *>();
    QVERIFY(notice->isVisible());
    QCOMPARE(notice->kind(), NoticeBar::Kind::Error);
}

void ExchangeOverviewTest::aPendingOneHasNoTiming()
{
    const Stage pending(samples::pending(1));
    QVERIFY(!pending.view.findChild<TimingBar *>()->isVisible());
    QVERIFY(pending.says("Still running"));
    const Stage done(samples::summary(1));
    QVERIFY(done.view.findChild<TimingBar *>()->isVisible());
}

void ExchangeOverviewTest::replaysAndUpgradesSaySo()
{
    QVERIFY(Stage(samples::replayed(1, "GET", "/")).says("Replayed from here"));
    QVERIFY(Stage(samples::imported(1, "http://h/items")).says("Imported from a file"));
    QVERIFY(Stage(samples::upgraded(1, "/ws")).says("websocket"));
}

void ExchangeOverviewTest::aLongUrlWraps()
{
    auto summary = samples::summary(1);
    summary.target = text("/api/") + text("0123456789abcdef-").repeated(40);
    const Stage stage(summary);
    QVERIFY(stage.view.widget()->width() <= stage.view.viewport()->width());
}

void ExchangeOverviewTest::looksRight_data()
{
    QTest::addColumn<int>("row");
    QTest::newRow("done") << 4;
    QTest::newRow("failed") << 12;
    QTest::newRow("pending") << 15;
}

void ExchangeOverviewTest::looksRight()
{
    QFETCH(int, row);
    support::keepScreenshots(text("overview-") + text(QTest::currentDataTag()), {400, 440}, [&](Theme &theme) {
        auto view = std::make_unique<ExchangeOverview>(theme);
        traffic::Exchange exchange;
        exchange.summary = samples::morning().at(row);
        view->setExchange(exchange, text("http://shop.localhost:7000") + exchange.summary.target);
        return view;
    });
}

QTEST_MAIN(ExchangeOverviewTest)
#include "exchange_overview_test.moc"
