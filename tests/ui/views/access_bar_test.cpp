#include "support/screenshot.h"
#include "ui/views/access_bar.h"
#include "ui/views/password_notice.h"
#include "ui/views/tunnel_commands.h"
#include "ui/widgets/badge_row.h"
#include "ui/workspace_stage.h"

#include <QPushButton>
#include <QTest>

using namespace ui;
using samples::text;

namespace {

struct Stage : support::WorkspaceStage {
    TunnelCommands commands{run.workspace, theme};
    AccessBar bar{theme, commands};
    QString id = add("shop");

    Stage()
    {
        QObject::connect(&run.workspace, &workspace::Workspace::changed, &bar, [this] { bar.setTunnel(run.at(0)); });
        bar.setTunnel(run.at(0));
        bar.resize(500, 60);
        bar.show();
    }
};

workspace::TunnelInfo guarded()
{
    workspace::TunnelInfo info;
    info.id = text("guarded");
    info.entry.access.rules.bearer = true;
    info.entry.access.rules.only = {*guard::RequestRule::parse("POST /webhooks/*")};
    info.entry.access.rules.idle = std::chrono::hours(2);
    return info;
}

} // namespace

class AccessBarTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPublicTunnelIsProtectedWithOneClick();
    void whatIsProtectedHasNoButton();
    void thePasswordIsForAnotherTunnelNotShown();
    void looksRight_data();
    void looksRight();
};

void AccessBarTest::aPublicTunnelIsProtectedWithOneClick()
{
    Stage stage;
    QCOMPARE(stage.bar.badges()->accessibleName(), text("Public to everyone"));
    QVERIFY(stage.bar.protectButton()->isVisible());
    stage.bar.protectButton()->click();
    QVERIFY(!stage.bar.protectButton()->isEnabled());
    QTRY_VERIFY(!stage.bar.password()->isHidden());
    const auto &logins = stage.run.at(0).entry.access.rules.logins;
    QCOMPARE(logins.size(), 1U);
    QVERIFY(logins.front().password.matches(stage.bar.password()->password().toStdString()));
    QVERIFY(!stage.bar.protectButton()->isVisible());
    QCOMPARE(stage.bar.badges()->accessibleName(), text("Password"));
}

void AccessBarTest::whatIsProtectedHasNoButton()
{
    Stage stage;
    stage.bar.setTunnel(guarded());
    QVERIFY(!stage.bar.protectButton()->isVisible());
    QCOMPARE(stage.bar.badges()->badges().size(), 3);
}

void AccessBarTest::thePasswordIsForAnotherTunnelNotShown()
{
    Stage stage;
    stage.bar.protectButton()->click();
    QTRY_VERIFY(!stage.bar.password()->isHidden());
    stage.bar.setTunnel(guarded());
    QVERIFY(stage.bar.password()->isHidden());
    QVERIFY(stage.bar.password()->password().isEmpty());
}

void AccessBarTest::looksRight_data()
{
    QTest::addColumn<bool>("isGuarded");
    QTest::newRow("public") << false;
    QTest::newRow("guarded") << true;
}

void AccessBarTest::looksRight()
{
    QFETCH(bool, isGuarded);
    support::Home home;
    support::Run run(home);
    support::keepScreenshots(text("access-bar-") + text(QTest::currentDataTag()), {480, 40}, [&](Theme &theme) {
        auto *commands = new TunnelCommands(run.workspace, theme, &theme);
        auto bar = std::make_unique<AccessBar>(theme, *commands);
        workspace::TunnelInfo open;
        open.id = text("open");
        bar->setTunnel(isGuarded ? guarded() : open);
        return bar;
    });
}

QTEST_MAIN(AccessBarTest)
#include "access_bar_test.moc"
