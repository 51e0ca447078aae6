#include "support/frame_watch.h"
#include "ui/traffic_load.h"
#include "ui/views/tunnel_commands.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/notice_stack.h"
#include "ui/windows/main_window.h"
#include "ui/windows/main_window_stage.h"

#include <QClipboard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSplitter>
#include <QTest>

using namespace ui;
using samples::text;
using Stage = support::MainWindowStage;

class MainWindowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void beginsWithTheForm();
    void exposingLeadsToTheTunnel();
    void exposingMayBeCancelled();
    void aTunnelShowsItsRequestsOnly();
    void selectingShowsDetails();
    void theFilterFilters();
    void clearingCanBeUndone();
    void removingCanBeUndone();
    void editingIsBesideTheRequests();
    void unsavedEditsStay();
    void aTakenNameLeadsToRenaming();
    void aRefusedTokenLeadsToSettings();
    void aLostServerIsRetried();
    void noticesStayUntilTheyAreDismissed();
    void replayIsAskedFor();
    void keysWork();
    void lettersStayInTextFields();
    void escapeGoesStepByStep();
    void staysSmoothUnderLoad_data();
    void staysSmoothUnderLoad();
};

void MainWindowTest::beginsWithTheForm()
{
    Stage stage;
    stage.open();
    QVERIFY(stage.says("Expose a port"));
    QVERIFY(!stage.parts().rail->isVisible());
    QVERIFY(!stage.parts().filter->isVisible());
    QVERIFY(!stage.button("Cancel"));
}

void MainWindowTest::exposingLeadsToTheTunnel()
{
    Stage stage;
    stage.open();
    stage.window->showExpose(3000);
    stage.parts().form->exposeButton()->click();
    QCOMPARE(stage.run.workspace.tunnels().size(), 1);
    QVERIFY(stage.parts().rail->isVisible());
    QCOMPARE(stage.parts().rail->chosen(), stage.run.at(0).id);
    QTRY_VERIFY(stage.says("Waiting for the first request"));
    QVERIFY(stage.says("curl -i"));
}

void MainWindowTest::exposingMayBeCancelled()
{
    Stage stage;
    stage.add("shop");
    stage.open();
    QVERIFY(!stage.parts().form->isVisible());
    QTest::keyClick(stage.window.get(), Qt::Key_N, Qt::ControlModifier);
    QVERIFY(stage.parts().form->isVisible());
    stage.button("Cancel")->click();
    QVERIFY(!stage.parts().form->isVisible());
    stage.window->showExpose();
    stage.window->selectTunnel(stage.run.at(0).id); // it is chosen already; the form stays
    QVERIFY(stage.parts().form->isVisible());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!stage.parts().form->isVisible());
}

void MainWindowTest::aTunnelShowsItsRequestsOnly()
{
    Stage stage;
    const auto shop = stage.add("shop");
    const auto blog = stage.add("blog", 4000);
    stage.open();
    samples::fill(stage.store, shop);
    QCOMPARE(stage.parts().shown.rowCount(), 17);
    stage.window->selectTunnel(blog);
    QTRY_VERIFY(stage.says("Waiting for the first request"));
    stage.window->selectTunnel(shop);
    QCOMPARE(stage.parts().shown.rowCount(), 17);
    stage.window->selectTunnel({});
    QCOMPARE(stage.parts().shown.rowCount(), 17);
    QVERIFY(!stage.parts().strip->isVisible());
}

void MainWindowTest::selectingShowsDetails()
{
    Stage stage;
    samples::fill(stage.store, stage.add("shop"));
    stage.open();
    QVERIFY(stage.says("Select a request"));
    stage.table().selectRow(3);
    QCOMPARE(stage.parts().details->key(), quint64{4});
    QVERIFY(!stage.says("Select a request"));
    stage.window->selectExchange(7);
    QCOMPARE(stage.parts().details->key(), quint64{7});
    QCOMPARE(stage.table().currentIndex().row(), 6);
}

void MainWindowTest::theFilterFilters()
{
    Stage stage;
    samples::fill(stage.store, stage.add("shop"));
    stage.open();
    QTest::keyClicks(stage.parts().filter, text("hooks"));
    QCOMPARE(stage.parts().shown.rowCount(), 2);
    QTRY_VERIFY(stage.says("2 of 17 requests"));
    QVERIFY(stage.says("Built-in relay on port"));
    stage.parts().filter->setText(text("status:oops"));
    QCOMPARE(stage.parts().shown.rowCount(), 17);
    QVERIFY(!stage.parts().filter->fault().isEmpty());
    QVERIFY(stage.says("is not understood"));
    stage.parts().filter->setText(text("nothing like it"));
    QVERIFY(stage.says("0 of 17 match"));
    stage.button("Clear filter")->click();
    QCOMPARE(stage.parts().shown.rowCount(), 17);
    QVERIFY(stage.parts().filter->text().isEmpty());
    Q_EMIT stage.table().filterRequested(text("method:POST"));
    Q_EMIT stage.table().filterRequested(text("status:201"));
    QCOMPARE(stage.parts().filter->text(), text("method:POST status:201"));
}

void MainWindowTest::clearingCanBeUndone()
{
    Stage stage;
    samples::fill(stage.store, stage.add("shop"));
    stage.open();
    QTest::keyClick(stage.window.get(), Qt::Key_L, Qt::ControlModifier);
    QCOMPARE(stage.store.count(), 0);
    QVERIFY(stage.parts().toast->isVisible());
    QVERIFY(stage.parts().toast->text().contains(text("17")));
    stage.parts().toast->actionButton()->click();
    QCOMPARE(stage.store.count(), 17);
    stage.store.clear();
    const auto before = stage.parts().toast->text();
    stage.parts().clearButton->click(); // nothing to clear
    QCOMPARE(stage.parts().toast->text(), before);
}

void MainWindowTest::removingCanBeUndone()
{
    Stage stage;
    const auto id = stage.add("shop");
    stage.open();
    stage.window->selectTunnel(id);
    stage.parts().tunnelCommands->remove(id);
    QVERIFY(stage.says("Expose a port")); // the last one is gone
    QVERIFY(stage.parts().toast->text().contains(text("shop")));
    stage.parts().toast->actionButton()->click();
    QCOMPARE(stage.run.workspace.tunnels().size(), 1);
    QVERIFY(stage.parts().rail->isVisible());
}

void MainWindowTest::editingIsBesideTheRequests()
{
    Stage stage;
    const auto id = stage.add("shop");
    samples::fill(stage.store, id);
    stage.open();
    stage.parts().tunnelCommands->edit(id);
    QVERIFY(stage.parts().editor->isVisible());
    QVERIFY(stage.table().isVisible());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!stage.parts().editor->isVisible());
    QVERIFY(stage.parts().details->isVisible());
    stage.parts().tunnelCommands->duplicate(id);
    QVERIFY(stage.parts().editor->isVisible());
    QCOMPARE(stage.parts().editor->tunnel(), stage.run.at(1).id);
}

void MainWindowTest::unsavedEditsStay()
{
    Stage stage;
    const auto id = stage.add("shop");
    samples::fill(stage.store, id);
    stage.open();
    stage.parts().tunnelCommands->edit(id);
    stage.table().selectRow(1);
    QVERIFY(!stage.parts().editor->isVisible());
    stage.parts().tunnelCommands->edit(id);
    stage.parts().editor->fields()->suggest({false, text("localhost"), 9999}, {});
    stage.table().selectRow(2);
    QVERIFY(stage.parts().editor->isVisible());
}

void MainWindowTest::aTakenNameLeadsToRenaming()
{
    Stage stage;
    support::WireServer server;
    server.refusal = wire::Error{wire::Code::NameTaken, "the name shop is taken"};
    const auto id = stage.add("shop", 3000, server.url());
    stage.open();
    stage.window->selectTunnel(id);
    QTRY_VERIFY(stage.button("Rename"));
    QVERIFY(stage.parts().tunnelNotice->text().contains(text("shop")));
    stage.button("Rename")->click();
    QVERIFY(stage.parts().editor->isVisible());
    QTest::keyClicks(QApplication::focusWidget(), text("store"));
    server.refusal.reset();
    stage.button("Save")->click();
    QTRY_VERIFY(stage.run.at(0).online());
    QVERIFY(!stage.parts().tunnelNotice->isVisible());
    QCOMPARE(stage.run.at(0).entry.name, text("store"));
}

void MainWindowTest::aRefusedTokenLeadsToSettings()
{
    Stage stage;
    support::WireServer server;
    server.refusal = wire::Error{wire::Code::Unauthorized, "the token is not known"};
    stage.add("blog");
    const auto id = stage.add("shop", 3000, server.url());
    stage.open();
    QTRY_VERIFY(stage.says("shop: ")); // seen before it is chosen
    stage.window->selectTunnel(id);
    QVERIFY(!stage.says("shop: "));
    const QSignalSpy settings(stage.window.get(), &MainWindow::serverRequested);
    QTRY_VERIFY(stage.button("Open settings"));
    stage.button("Open settings")->click();
    QCOMPARE(settings.size(), 1);
    QCOMPARE(settings.first().first().toUrl(), server.url());
}

void MainWindowTest::aLostServerIsRetried()
{
    Stage stage;
    auto server = std::make_unique<support::WireServer>();
    const auto port = server->port();
    const auto id = stage.add("shop", 3000, server->url());
    stage.open();
    stage.window->selectTunnel(id);
    QTRY_VERIFY(stage.run.at(0).online());
    server->crash();
    QTRY_VERIFY(stage.button("Retry now"));
    server = std::make_unique<support::WireServer>(port);
    QVERIFY(server->isListening());
    if (auto *retry = stage.button("Retry now")) // it may have been quicker
        retry->click();
    QTRY_VERIFY(stage.run.at(0).online());
    QVERIFY(!stage.parts().tunnelNotice->isVisible());
}

void MainWindowTest::noticesStayUntilTheyAreDismissed()
{
    Stage stage;
    stage.add("shop");
    stage.open();
    QVERIFY(!stage.parts().notices->isVisible());
    Q_EMIT stage.run.workspace.noticed({text("keyring"), text("No keyring answers."), true});
    Q_EMIT stage.run.workspace.noticed({text("file"), text("The file changed."), false});
    QCOMPARE(stage.parts().notices->count(), 2);
    QVERIFY(stage.says("No keyring answers."));
    Q_EMIT stage.run.workspace.noticed({text("keyring"), text("Still none."), true});
    QCOMPARE(stage.parts().notices->count(), 2);
    QVERIFY(!stage.says("No keyring answers."));
    Q_EMIT stage.run.workspace.noticed({text("keyring"), {}, true});
    QCOMPARE(stage.parts().notices->count(), 1);
    Q_EMIT stage.parts().notices->find(text("file"))->dismissed();
    QVERIFY(!stage.parts().notices->isVisible());
}

void MainWindowTest::replayIsAskedFor()
{
    Stage stage;
    samples::fill(stage.store, stage.add("shop"));
    stage.open();
    const QSignalSpy replay(stage.window.get(), &MainWindow::replayRequested);
    QTest::keyClick(stage.window.get(), Qt::Key_R, Qt::ControlModifier);
    QCOMPARE(replay.size(), 0); // nothing is selected
    stage.table().selectRow(3);
    QTest::keyClick(&stage.table(), Qt::Key_R, Qt::ControlModifier);
    QTest::keyClick(&stage.table(), Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(replay, (QList<QList<QVariant>>{{quint64{4}, false}, {quint64{4}, true}}));
    Q_EMIT stage.table().copyCurlRequested(4, false);
    QVERIFY(QApplication::clipboard()->text().startsWith(text("curl")));
    QVERIFY(stage.parts().toast->isVisible());
}

void MainWindowTest::keysWork()
{
    Stage stage;
    samples::fill(stage.store, stage.add("shop"));
    stage.open();
    const QSignalSpy quit(stage.window.get(), &MainWindow::quitRequested);
    const QSignalSpy settings(stage.window.get(), &MainWindow::settingsRequested);
    stage.table().setFocus();
    QTest::keyClick(&stage.table(), Qt::Key_Slash);
    QVERIFY(stage.parts().filter->hasFocus());
    QTest::keyClick(stage.parts().filter, Qt::Key_Down);
    QVERIFY(stage.table().hasFocus());
    QTest::keyClick(&stage.table(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(stage.parts().filter->hasFocus());
    QTest::keyClick(stage.parts().filter, Qt::Key_Escape);
    QVERIFY(stage.table().hasFocus());
    QTest::keyClick(&stage.table(), Qt::Key_Question);
    QVERIFY(stage.parts().shortcuts->isVisible());
    QTest::keyClick(stage.parts().shortcuts, Qt::Key_Question);
    QVERIFY(!stage.parts().shortcuts->isVisible());
    QTest::keyClick(&stage.table(), Qt::Key_Comma, Qt::ControlModifier);
    QTest::keyClick(&stage.table(), Qt::Key_Q, Qt::ControlModifier);
    QCOMPARE(settings.size(), 1);
    QCOMPARE(quit.size(), 1);
}

void MainWindowTest::lettersStayInTextFields()
{
    Stage stage;
    samples::fill(stage.store, stage.add("shop"));
    stage.open();
    stage.table().selectRow(5);
    stage.parts().filter->setFocus();
    QTest::keyClicks(stage.parts().filter, text("/a?jk"));
    QCOMPARE(stage.parts().filter->text(), text("/a?jk"));
    QVERIFY(!stage.parts().shortcuts->isVisible());
    QCOMPARE(stage.parts().details->key(), quint64{6});
}

void MainWindowTest::escapeGoesStepByStep()
{
    Stage stage;
    samples::fill(stage.store, stage.add("shop"));
    stage.open();
    stage.table().selectRow(3);
    stage.parts().filter->setFocus();
    QTest::keyClicks(stage.parts().filter, text("hooks"));
    QTest::keyClick(stage.parts().filter, Qt::Key_Escape);
    QVERIFY(stage.parts().filter->text().isEmpty());
    QCOMPARE(stage.parts().details->key(), quint64{4});
    QTest::keyClick(stage.parts().filter, Qt::Key_Escape);
    QVERIFY(stage.table().hasFocus());
    QTest::keyClick(&stage.table(), Qt::Key_Escape);
    QCOMPARE(stage.parts().details->key(), quint64{0});
}

void MainWindowTest::staysSmoothUnderLoad_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("sortedBy");
    QTest::addColumn<bool>("following");
    QTest::newRow("following the newest") << QString() << -1 << true;
    QTest::newRow("reading further up") << QString() << -1 << false;
    QTest::newRow("filtered") << text("orders status:5xx") << -1 << true;
    QTest::newRow("sorted") << QString() << int(ExchangeColumn::Duration) << true;
}

void MainWindowTest::staysSmoothUnderLoad()
{
    QFETCH(QString, filter);
    QFETCH(int, sortedBy);
    QFETCH(bool, following);
    Stage stage;
    const auto id = stage.add("shop");
    stage.open({1600, 1000});
    samples::TrafficLoad load(stage.store, id);
    load.fill();
    stage.parts().filter->setText(filter);
    if (sortedBy >= 0)
        stage.table().sortByColumn(sortedBy, Qt::DescendingOrder);
    stage.table().selectRow(stage.parts().shown.rowCount() - 50);
    stage.table().setFollowing(following && sortedBy < 0);
    stage.parts().details->setTab(DetailsPane::Response);
    const auto chosen = stage.parts().details->key();
    QCoreApplication::processEvents();

    support::FrameWatch watch;
    watch.start();
    load.start(60);
    QTRY_VERIFY_WITH_TIMEOUT(load.ended(), 60'000);
    const int turns = watch.turns();
    QTRY_VERIFY(watch.turns() > turns + 5);
    watch.stop();
    qInfo("longest turn %lld ms of work, %lld ms on the clock; load %lld %%", qlonglong(watch.longestBusyMs()),
          qlonglong(watch.longestWallMs()), qlonglong(watch.loadPercent()));
    QVERIFY2(watch.longestBusyMs() <= support::kLongestTurnMs, qPrintable(text("%1 ms").arg(watch.longestBusyMs())));
    QCOMPARE(stage.parts().details->key(), chosen);
    QVERIFY(stage.store.count() <= traffic::StoreLimits().exchanges);
    if (filter.isEmpty())
        QCOMPARE(stage.parts().shown.rowCount(), int(stage.store.count()));
    const auto *bar = stage.table().verticalScrollBar();
    QCOMPARE(bar->value() == bar->maximum(), following && sortedBy < 0);
}

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
