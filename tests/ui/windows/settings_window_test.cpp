#include "settings_bench.h"
#include "support/screenshot.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/toast.h"
#include "ui/windows/settings_general.h"
#include "ui/windows/settings_servers.h"
#include "ui/windows/settings_token_field.h"
#include "ui/windows/settings_window.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QStackedWidget>

using settings::Secret;
using support::SettingsBench;
using support::work;
using ui::SettingsWindow;

namespace {

const QSize kSize(760, 620);

std::unique_ptr<SettingsWindow> windowAt(SettingsBench &bench, ui::Theme &theme, SettingsWindow::Page page)
{
    auto window = std::make_unique<SettingsWindow>(bench.workspace, theme, [] { return true; });
    window->showPage(page);
    return window;
}

bool isSettled(const ui::ServersPage &page)
{
    return std::ranges::all_of(page.cards(),
                               [](const ui::ServerCard *card) { return card->forgetButton()->isVisible(); });
}

} // namespace

class SettingsWindowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QCoreApplication::setApplicationVersion(QStringLiteral("0.1.0")); }
    void aRemovedServerComesBackFromTheToast();
    void aFailureIsToldAbove();
    void aServerIsShownWhereItsTokenIsTyped();
    void escapeCloses();
    void screenshots();

private:
    ui::Theme m_theme{*qApp};
};

void SettingsWindowTest::aRemovedServerComesBackFromTheToast()
{
    SettingsBench bench({work()});
    const auto window = windowAt(bench, m_theme, SettingsWindow::Page::Servers);
    window->servers()->cards().first()->removeButton()->click();
    QTRY_VERIFY(window->toast()->isVisible());
    QVERIFY(window->servers()->cards().isEmpty());
    window->toast()->actionButton()->click();
    QTRY_COMPARE(window->servers()->cards().size(), 1);
}

void SettingsWindowTest::aFailureIsToldAbove()
{
    SettingsBench bench;
    const auto window = windowAt(bench, m_theme, SettingsWindow::Page::General);
    const QString folder = bench.home.paths().configFolder;
    QVERIFY(QDir(folder).removeRecursively());
    support::Home::write(folder, "in the way");
    window->general()->notifications()->click();
    QVERIFY(window->notice()->isVisible());
    QCOMPARE(window->notice()->kind(), ui::NoticeBar::Kind::Error);
}

void SettingsWindowTest::aServerIsShownWhereItsTokenIsTyped()
{
    SettingsBench bench({support::server(QStringLiteral("https://other.example.com")), work()});
    const auto window = windowAt(bench, m_theme, SettingsWindow::Page::About);
    window->showServer(work().url);
    QVERIFY(QTest::qWaitForWindowActive(window.get()));
    QVERIFY(window->servers()->isVisible());
    QTRY_VERIFY(window->servers()->cards().last()->tokenField()->edit()->hasFocus());
}

void SettingsWindowTest::escapeCloses()
{
    SettingsBench bench;
    const auto window = windowAt(bench, m_theme, SettingsWindow::Page::General);
    QTest::keyClick(window.get(), Qt::Key_Escape);
    QVERIFY(!window->isVisible());
}

void SettingsWindowTest::screenshots()
{
    SettingsBench bench({work(), support::server(QStringLiteral("https://tunnels.home.example.org:8443"))});
    for (const auto &server : bench.workspace.preferences().servers)
        bench.secrets.set(settings::secretAccount(server.url), Secret("s3cret"));
    const auto id = bench.workspace.add(support::entryFor(3000, QStringLiteral("shop"), work().url));
    QVERIFY(id);
    bench.workspace.stop(*id);
    support::keepScreenshots(QStringLiteral("settings-servers"), kSize, [&](ui::Theme &theme) {
        auto window = windowAt(bench, theme, SettingsWindow::Page::Servers);
        [&window] { QTRY_VERIFY(isSettled(*window->servers())); }();
        window->servers()->cards().last()->outcome()->tell(
            ui::NoticeBar::Kind::Error,
            QStringLiteral(
                "This relay does not know the token. Ask the operator of the server for a token that it accepts."));
        return window;
    });
    support::keepScreenshots(QStringLiteral("settings-general"), kSize,
                             [&](ui::Theme &theme) { return windowAt(bench, theme, SettingsWindow::Page::General); });
    support::keepScreenshots(QStringLiteral("settings-about"), kSize,
                             [&](ui::Theme &theme) { return windowAt(bench, theme, SettingsWindow::Page::About); });
}

QTEST_MAIN(SettingsWindowTest)
#include "settings_window_test.moc"
