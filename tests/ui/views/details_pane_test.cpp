#include "support/screenshot.h"
#include "ui/seen.h"
#include "ui/traffic_samples.h"
#include "ui/views/body_view.h"
#include "ui/views/code_view.h"
#include "ui/views/details_pane.h"
#include "ui/views/message_view.h"
#include "ui/views/wrapped_label.h"
#include "ui/widgets/icon_button.h"

#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ui;
using samples::text;

namespace {

QString urlOf(const traffic::Exchange &exchange)
{
    return text("http://shop.localhost:7000") + exchange.summary.target;
}

struct Stage {
    explicit Stage(traffic::StoreLimits limits = {}) : store(limits)
    {
        pane.resize(420, 600);
        pane.show();
    }
    [[nodiscard]] bool says(const char *what) const { return support::says(pane, text(what)); }

    QTemporaryDir folder;
    settings::WindowState state{folder.path()};
    Theme theme{*qApp, settings::Appearance::Light};
    traffic::ExchangeStore store;
    DetailsPane pane{theme, store, state, urlOf};
};

} // namespace

class DetailsPaneTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asksToSelectARequest();
    void showsEachPart();
    void followsTheRequestWhileItGoesOn();
    void saysWhenItIsGone();
    void theTabLasts();
    void buttonsAsk();
    void looksRight_data();
    void looksRight();
};

void DetailsPaneTest::asksToSelectARequest()
{
    Stage stage;
    QVERIFY(stage.says("Select a request"));
    samples::fill(stage.store);
    stage.pane.showExchange(4);
    QVERIFY(!stage.says("Select a request"));
    stage.pane.showExchange(0);
    QVERIFY(stage.says("Select a request"));
}

void DetailsPaneTest::showsEachPart()
{
    Stage stage;
    samples::fill(stage.store);
    stage.pane.showExchange(4);
    QVERIFY(stage.says("POST /hooks/stripe"));
    stage.pane.setTab(DetailsPane::Request);
    QVERIFY(stage.pane.request()->isVisible());
    QVERIFY(stage.says("Request headers"));
    stage.pane.setTab(DetailsPane::Response);
    QVERIFY(stage.pane.response()->isVisible());
    QVERIFY(stage.pane.response()->body()->findChild<CodeView *>()->toPlainText().contains(text("received")));
    stage.pane.showExchange(7); // the same part of another request
    QVERIFY(stage.pane.response()->isVisible());
    QVERIFY(stage.pane.response()->body()->findChild<CodeView *>()->toPlainText().contains(text("<h1>404</h1>")));
}

void DetailsPaneTest::followsTheRequestWhileItGoesOn()
{
    Stage stage;
    stage.store.add({samples::pending(1, "POST", "/slow")});
    stage.pane.showExchange(1);
    stage.pane.setTab(DetailsPane::Response);
    QVERIFY(stage.says("Waiting for the response"));
    stage.store.addCaptures({samples::capture(1, {}, {{"Content-Type", "text/plain"}}, {}, "first ")});
    const auto *code = stage.pane.response()->body()->findChild<CodeView *>();
    QTRY_COMPARE(code->toPlainText(), text("first "));
    client::CaptureUpdate more;
    more.key = 1;
    more.responseBody = "second";
    stage.store.addCaptures({more});
    QTRY_COMPARE(code->toPlainText(), text("first second"));
    stage.pane.setTab(DetailsPane::Overview);
    QVERIFY(stage.says("Still running"));
    stage.store.add({samples::summary(1, "POST", "/slow", 200)});
    QTRY_VERIFY(!stage.says("Still running"));
}

void DetailsPaneTest::saysWhenItIsGone()
{
    traffic::StoreLimits limits;
    limits.exchanges = 100;
    Stage stage(limits);
    stage.store.add({samples::summary(1)});
    stage.pane.showExchange(1);
    for (quint64 key = 2; key < 150; ++key)
        stage.store.add({samples::summary(key)});
    QVERIFY(stage.says("No longer kept"));
    stage.pane.showExchange(149);
    QVERIFY(!stage.says("No longer kept"));
    stage.store.clear();
    QVERIFY(stage.says("No longer kept"));
    stage.store.undoClear();
    QVERIFY(!stage.says("No longer kept"));
}

void DetailsPaneTest::theTabLasts()
{
    Stage stage;
    stage.pane.setTab(DetailsPane::Request);
    const DetailsPane again(stage.theme, stage.store, stage.state, urlOf);
    QCOMPARE(again.tab(), DetailsPane::Request);
}

void DetailsPaneTest::buttonsAsk()
{
    Stage stage;
    samples::fill(stage.store);
    stage.pane.showExchange(4);
    const QSignalSpy replay(&stage.pane, &DetailsPane::replayRequested);
    const QSignalSpy curl(&stage.pane, &DetailsPane::copyCurlRequested);
    const QSignalSpy close(&stage.pane, &DetailsPane::closeRequested);
    for (auto *button : stage.pane.findChildren<IconButton *>())
        if (button->isVisible())
            button->click();
    QCOMPARE(replay, (QList<QList<QVariant>>{{quint64{4}, false}, {quint64{4}, true}}));
    QCOMPARE(curl.size(), 1);
    QCOMPARE(close.size(), 1);
}

void DetailsPaneTest::looksRight_data()
{
    QTest::addColumn<quint64>("key");
    QTest::addColumn<int>("tab");
    QTest::newRow("none") << quint64{0} << int(DetailsPane::Overview);
    QTest::newRow("overview") << quint64{4} << int(DetailsPane::Overview);
    QTest::newRow("request") << quint64{4} << int(DetailsPane::Request);
    QTest::newRow("response") << quint64{4} << int(DetailsPane::Response);
    QTest::newRow("image") << quint64{14} << int(DetailsPane::Response);
    QTest::newRow("gone") << quint64{999} << int(DetailsPane::Overview);
}

void DetailsPaneTest::looksRight()
{
    QFETCH(quint64, key);
    QFETCH(int, tab);
    QTemporaryDir folder;
    settings::WindowState state(folder.path());
    traffic::ExchangeStore store;
    samples::fill(store);
    support::keepScreenshots(text("details-") + text(QTest::currentDataTag()), {440, 700}, [&](Theme &theme) {
        auto pane = std::make_unique<DetailsPane>(theme, store, state, urlOf);
        pane->resize(440, 700);
        pane->setTab(DetailsPane::Tab(tab));
        pane->showExchange(key);
        return pane;
    });
}

QTEST_MAIN(DetailsPaneTest)
#include "details_pane_test.moc"
