#include "support/screenshot.h"
#include "ui/views/tunnel_commands.h"
#include "ui/views/tunnel_notice.h"
#include "ui/workspace_stage.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ui;
using samples::text;

namespace {

using client::Phase;

workspace::TunnelInfo tunnel(Phase phase, wire::Code code = wire::Code::ConnectionLost, const char *why = "")
{
    workspace::TunnelInfo info;
    info.id = text("t1");
    info.entry.name = text("shop");
    info.entry.target.port = 3000;
    info.entry.server = QUrl(text("https://tunnel.example.com"));
    info.status.phase = phase;
    info.status.reason = {code, why};
    info.status.attempt = 2;
    info.status.nextAttemptMs = 5000;
    return info;
}

struct Stage : support::WorkspaceStage {
    TunnelCommands commands{run.workspace, theme};
    QWidget window;
    TunnelNotice *notice = new TunnelNotice(theme, commands, &window);

    Stage() { window.show(); }
    [[nodiscard]] QStringList buttons() const
    {
        QStringList names;
        for (const auto *button : notice->findChildren<QPushButton *>())
            if (button->isVisible())
                names << button->text();
        return names;
    }
    void press(const char *name) const
    {
        for (auto *button : notice->findChildren<QPushButton *>())
            if (button->text() == text(name))
                return button->click();
        QFAIL(name);
    }
    void show(const workspace::TunnelInfo &info) { notice->setTunnel(&info); }
};

} // namespace

class TunnelNoticeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isSilentWhileAllIsWell();
    void countsDown();
    void whatNobodySeesDoesNotStartItAnew();
    void failuresOfferWhatMendsThem_data();
    void failuresOfferWhatMendsThem();
    void namesTheTunnelWhereNothingElseDoes();
    void pausedAndStoppedCanGoOn();
    void looksRight_data();
    void looksRight();
};

void TunnelNoticeTest::isSilentWhileAllIsWell()
{
    Stage stage;
    stage.notice->setTunnel(nullptr);
    QVERIFY(!stage.notice->isVisible());
    stage.show(tunnel(Phase::Online));
    QVERIFY(!stage.notice->isVisible());
    stage.show(tunnel(Phase::Failed));
    QVERIFY(stage.notice->isVisible());
    stage.show(tunnel(Phase::Connecting));
    QVERIFY(!stage.notice->isVisible());
}

void TunnelNoticeTest::countsDown()
{
    Stage stage;
    auto info = tunnel(Phase::Reconnecting);
    info.status.nextAttemptMs = 1500;
    stage.show(info);
    QCOMPARE(stage.buttons(), QStringList{text("Retry now")});
    QVERIFY2(stage.notice->text().contains(text("in 2 s")), qPrintable(stage.notice->text()));
    QTRY_VERIFY2(stage.notice->text().contains(text("in 1 s")), qPrintable(stage.notice->text()));
    QTRY_VERIFY2(stage.notice->text().contains(text("Trying again now")), qPrintable(stage.notice->text()));
}

void TunnelNoticeTest::whatNobodySeesDoesNotStartItAnew()
{
    Stage stage;
    auto info = tunnel(Phase::Reconnecting);
    info.status.nextAttemptMs = 2500;
    stage.show(info);
    QTRY_VERIFY(stage.notice->text().contains(text("in 2 s")));
    info.tokenSent = true;
    stage.show(info);
    QVERIFY(stage.notice->text().contains(text("in 2 s")));
    info.status.attempt = 3;
    stage.show(info);
    QVERIFY(stage.notice->text().contains(text("in 3 s")));
}

void TunnelNoticeTest::failuresOfferWhatMendsThem_data()
{
    QTest::addColumn<wire::Code>("code");
    QTest::addColumn<QStringList>("buttons");
    QTest::newRow("token") << wire::Code::Unauthorized << QStringList{text("Open settings"), text("Try again")};
    QTest::newRow("scope") << wire::Code::Forbidden
                           << QStringList{text("Open settings"), text("Rename"), text("Try again")};
    QTest::newRow("name") << wire::Code::NameTaken << QStringList{text("Rename"), text("Try again")};
    QTest::newRow("other") << wire::Code::ProtocolError << QStringList{text("Try again")};
}

void TunnelNoticeTest::failuresOfferWhatMendsThem()
{
    QFETCH(wire::Code, code);
    QFETCH(QStringList, buttons);
    Stage stage;
    stage.show(tunnel(Phase::Failed, code, "no"));
    QCOMPARE(stage.buttons(), buttons);
    QCOMPARE(stage.notice->kind(), NoticeBar::Kind::Error);
    const QSignalSpy settings(stage.notice, &TunnelNotice::settingsRequested);
    const QSignalSpy rename(stage.notice, &TunnelNotice::renameRequested);
    for (const auto &name : buttons)
        stage.press(qPrintable(name));
    QCOMPARE(settings.size(), buttons.contains(text("Open settings")) ? 1 : 0);
    QCOMPARE(rename.size(), buttons.contains(text("Rename")) ? 1 : 0);
}

void TunnelNoticeTest::namesTheTunnelWhereNothingElseDoes()
{
    Stage stage;
    const auto info = tunnel(Phase::Failed, wire::Code::NameTaken, "name in use");
    stage.notice->setTunnel(&info, true);
    QVERIFY2(stage.notice->text().startsWith(text("shop: Name in use.")), qPrintable(stage.notice->text()));
    stage.show(info);
    QVERIFY2(stage.notice->text().startsWith(text("Name in use.")), qPrintable(stage.notice->text()));
}

void TunnelNoticeTest::pausedAndStoppedCanGoOn()
{
    Stage stage;
    const auto id = support::added(stage.run, support::entryFor(9, text("shop")));
    QTRY_VERIFY(stage.run.at(0).online());
    stage.run.workspace.setPaused(id, true);
    QTRY_VERIFY(stage.run.at(0).status.paused);
    stage.show(stage.run.at(0));
    QVERIFY(stage.notice->text().contains(text("503")));
    stage.press("Resume");
    QTRY_VERIFY(!stage.run.at(0).status.paused);
    stage.run.workspace.stop(id);
    QTRY_COMPARE(stage.run.phase(), Phase::Stopped);
    stage.show(stage.run.at(0));
    stage.press("Start");
    QTRY_VERIFY(stage.run.at(0).online());
}

void TunnelNoticeTest::looksRight_data()
{
    QTest::addColumn<workspace::TunnelInfo>("info");
    QTest::newRow("reconnecting") << tunnel(Phase::Reconnecting, wire::Code::ConnectionLost, "connection refused");
    QTest::newRow("unauthorized") << tunnel(Phase::Failed, wire::Code::Unauthorized, "the token has expired");
    QTest::newRow("name-taken") << tunnel(Phase::Failed, wire::Code::NameTaken, "name in use");
}

void TunnelNoticeTest::looksRight()
{
    QFETCH(workspace::TunnelInfo, info);
    support::Home home;
    support::Run run(home);
    support::keepScreenshots(text("tunnel-notice-") + text(QTest::currentDataTag()), {560, 100}, [&](Theme &theme) {
        auto *commands = new TunnelCommands(run.workspace, theme, &theme);
        auto notice = std::make_unique<TunnelNotice>(theme, *commands);
        notice->setTunnel(&info);
        return notice;
    });
}

QTEST_MAIN(TunnelNoticeTest)
#include "tunnel_notice_test.moc"
