#include "support/screenshot.h"
#include "ui/seen.h"
#include "ui/traffic_samples.h"
#include "ui/views/exchange_table.h"
#include "ui/views/requests_pane.h"
#include "ui/views/tunnel_commands.h"
#include "ui/widgets/qr_view.h"
#include "ui/workspace_stage.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ui;
using samples::text;

namespace {

workspace::TunnelInfo tunnel(client::Phase phase)
{
    workspace::TunnelInfo info;
    info.id = text("t1");
    info.entry.name = text("shop");
    info.entry.target.port = 3000;
    info.status.phase = phase;
    info.publicUrl = text("http://shop.localhost:7000/");
    return info;
}

struct Stage : support::WorkspaceStage {
    settings::WindowState state{home.folder.path()};
    traffic::ExchangeStore store;
    ExchangeModel all{store};
    ExchangeFilterModel shown{all};
    TunnelCommands commands{run.workspace, theme};
    RequestsPane pane{theme, all, shown, commands, state};

    Stage()
    {
        pane.resize(600, 600);
        pane.show();
    }
    void choose(const workspace::TunnelInfo &info)
    {
        shown.setTunnel(info.id);
        pane.setTunnel(&info);
    }
    [[nodiscard]] bool says(const char *what) const { return support::says(pane, text(what)); }
    [[nodiscard]] bool offers(const char *button) const { return support::buttonOf(pane, text(button)) != nullptr; }
};

} // namespace

class RequestsPaneTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theListAppearsWithTheFirstRequest();
    void anOnlineTunnelInvites();
    void otherStatesSaySo();
    void aFilterThatHidesAllSaysSo();
    void theFirstRequestMayBeHiddenToo();
    void countsThoseOfTheChosenTunnel();
    void looksRight_data();
    void looksRight();
};

void RequestsPaneTest::theListAppearsWithTheFirstRequest()
{
    Stage stage;
    QVERIFY(stage.says("No requests yet"));
    stage.store.add({samples::pending(1)});
    QCOMPARE(stage.pane.currentWidget(), stage.pane.table());
    stage.store.clear();
    QVERIFY(stage.says("No requests yet"));
}

void RequestsPaneTest::anOnlineTunnelInvites()
{
    Stage stage;
    stage.choose(tunnel(client::Phase::Online));
    QVERIFY(stage.says("Waiting for the first request"));
    QVERIFY(stage.says("curl -i http://shop.localhost:7000/"));
    QVERIFY(stage.pane.findChild<QrView *>()->isVisible());
}

void RequestsPaneTest::otherStatesSaySo()
{
    Stage stage;
    auto info = tunnel(client::Phase::Online);
    info.status.paused = true;
    stage.choose(info);
    QVERIFY(stage.says("shop is paused") && stage.offers("Resume"));
    stage.choose(tunnel(client::Phase::Stopped));
    QVERIFY(stage.says("shop is stopped") && stage.offers("Start"));
    stage.choose(tunnel(client::Phase::Connecting));
    QVERIFY(stage.says("shop is not online") && !stage.offers("Start"));
    stage.choose(tunnel(client::Phase::Failed));
    QVERIFY(stage.says("shop is not online") && !stage.offers("Start"));
    QVERIFY(!stage.pane.findChild<QrView *>()->isVisible());
}

void RequestsPaneTest::aFilterThatHidesAllSaysSo()
{
    Stage stage;
    samples::fill(stage.store);
    stage.shown.setQuery(ExchangeQuery(text("nothing like it")));
    QVERIFY(stage.says("0 of 17 match"));
    const QSignalSpy clear(&stage.pane, &RequestsPane::clearFilterRequested);
    for (auto *button : stage.pane.findChildren<QPushButton *>())
        if (button->isVisible())
            button->click();
    QCOMPARE(clear.size(), 1);
    stage.shown.setQuery({});
    QCOMPARE(stage.pane.currentWidget(), stage.pane.table());
}

void RequestsPaneTest::theFirstRequestMayBeHiddenToo()
{
    Stage stage;
    stage.shown.setQuery(ExchangeQuery(text("status:500")));
    stage.store.add({samples::summary(1)});
    QTRY_VERIFY(stage.says("0 of 1 match"));
}

void RequestsPaneTest::countsThoseOfTheChosenTunnel()
{
    Stage stage;
    samples::fill(stage.store);
    auto other = samples::summary(99);
    other.tunnelId = text("t2");
    stage.store.add({other});
    QCOMPARE(stage.pane.total(), 18);
    stage.choose(tunnel(client::Phase::Online));
    QCOMPARE(stage.pane.total(), 17);
    stage.shown.setQuery(ExchangeQuery(text("favicon")));
    QCOMPARE(stage.pane.total(), 17);
}

void RequestsPaneTest::looksRight_data()
{
    QTest::addColumn<client::Phase>("phase");
    QTest::addColumn<QString>("filter");
    QTest::newRow("waiting") << client::Phase::Online << QString();
    QTest::newRow("stopped") << client::Phase::Stopped << QString();
    QTest::newRow("no-match") << client::Phase::Online << text("zzz");
}

void RequestsPaneTest::looksRight()
{
    QFETCH(client::Phase, phase);
    QFETCH(QString, filter);
    Stage stage;
    if (!filter.isEmpty())
        samples::fill(stage.store);
    stage.shown.setQuery(ExchangeQuery(filter));
    const auto info = tunnel(phase);
    support::keepScreenshots(text("requests-") + text(QTest::currentDataTag()), {640, 520}, [&](Theme &theme) {
        auto pane = std::make_unique<RequestsPane>(theme, stage.all, stage.shown, stage.commands, stage.state);
        pane->setTunnel(&info);
        return pane;
    });
}

QTEST_MAIN(RequestsPaneTest)
#include "requests_pane_test.moc"
