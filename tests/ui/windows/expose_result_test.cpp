#include "support/screenshot.h"
#include "ui/seen.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/qr_view.h"
#include "ui/windows/expose_result.h"
#include "ui/workspace_stage.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ui;
using samples::text;

namespace {

struct Stage : support::WorkspaceStage {
    QList<QUrl> opened;
    ExposeResult result{theme, run.workspace, [this](const QUrl &url) { opened.append(url); }};

    Stage()
    {
        result.resize(520, 560);
        result.show();
    }
    [[nodiscard]] bool says(const char *what) const { return support::says(result, text(what)); }
    [[nodiscard]] QPushButton *button(const char *name) const
    {
        for (auto *button : result.findChildren<QPushButton *>())
            if (button->text() == text(name))
                return button;
        return nullptr;
    }
};

} // namespace

class ExposeResultTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anOnlineTunnelShowsItsAddress();
    void aFailureSaysWhyAndOffersToEdit();
    void buttonsAsk();
    void looksRight_data();
    void looksRight();
};

void ExposeResultTest::anOnlineTunnelShowsItsAddress()
{
    Stage stage;
    const auto id = support::added(stage.run, support::entryFor(3000, text("shop")));
    stage.result.setTunnel(id);
    QTRY_VERIFY(stage.says("shop is online"));
    QCOMPARE(stage.result.urlBar()->url(), stage.run.at(0).publicUrl);
    QVERIFY(stage.result.findChild<QrView *>(text("qr"))->isVisible());
    stage.result.urlBar()->open();
    QCOMPARE(stage.opened, QList<QUrl>{QUrl(stage.run.at(0).publicUrl)});
    QVERIFY(!stage.button("Edit")->isVisible());
}

void ExposeResultTest::aFailureSaysWhyAndOffersToEdit()
{
    Stage stage;
    const auto id = support::added(stage.run, support::entryFor(3000, text("shop"), QUrl(text("http://127.0.0.1:1"))));
    stage.result.setTunnel(id);
    QTRY_VERIFY(stage.says("shop is not online"));
    QVERIFY(stage.result.findChild<NoticeBar *>()->isVisible());
    QVERIFY(!stage.result.findChild<QrView *>(text("qr"))->isVisible());
    const QSignalSpy edit(&stage.result, &ExposeResult::editRequested);
    stage.button("Edit")->click();
    QCOMPARE(edit.at(0).at(0).toString(), id);
}

void ExposeResultTest::buttonsAsk()
{
    Stage stage;
    const auto id = support::added(stage.run, support::entryFor(3000, text("shop")));
    stage.result.setTunnel(id);
    const QSignalSpy another(&stage.result, &ExposeResult::anotherRequested);
    const QSignalSpy requests(&stage.result, &ExposeResult::requestsRequested);
    stage.button("Expose another")->click();
    stage.button("Show requests")->click();
    QCOMPARE(another.size(), 1);
    QCOMPARE(requests.at(0).at(0).toString(), id);
}

void ExposeResultTest::looksRight_data()
{
    QTest::addColumn<QUrl>("server");
    QTest::newRow("online") << QUrl();
    QTest::newRow("failed") << QUrl(text("http://127.0.0.1:1"));
}

void ExposeResultTest::looksRight()
{
    QFETCH(QUrl, server);
    support::Home home;
    support::Run run(home);
    const auto id = support::added(run, support::entryFor(3000, text("shop"), server));
    QTRY_VERIFY(run.phase() == client::Phase::Online || run.phase() == client::Phase::Reconnecting);
    support::keepScreenshots(text("expose-result-") + text(QTest::currentDataTag()), {540, 560}, [&](Theme &theme) {
        auto result = std::make_unique<ExposeResult>(theme, run.workspace, [](const QUrl & /*url*/) {});
        result->setTunnel(id);
        return result;
    });
}

QTEST_MAIN(ExposeResultTest)
#include "expose_result_test.moc"
