#include "settings_bench.h"
#include "support/screenshot.h"
#include "ui/windows/tray_menu.h"

#include <QClipboard>
#include <QSignalSpy>

using support::entryFor;
using support::SettingsBench;
using ui::TrayMenu;

namespace {

QAction *find(const QMenu &menu, const QString &text)
{
    for (QAction *action : menu.actions()) {
        if (action->text().remove(u'&').startsWith(text))
            return action;
    }
    return nullptr;
}

QMenu &tunnelMenu(const TrayMenu &menu, const QString &name)
{
    QAction *action = find(menu, name);
    if (!action || !action->menu())
        qFatal("no such tunnel in the menu");
    return *action->menu();
}

QString titleOfFirst(const TrayMenu &menu)
{
    return menu.actions().first()->text();
}

const QString kShop = QStringLiteral("shop");

} // namespace

class TrayMenuTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutTunnelsOnlyWhatConcernsAll();
    void aTunnelCanBeUsed();
    void aTunnelCanBeStoppedAndStarted();
    void itIsNotMadeAnewUnderTheHand();
    void whatIsNotSeenMakesNoMenu();
    void screenshots();

private:
    ui::Theme m_theme{*qApp};
};

void TrayMenuTest::withoutTunnelsOnlyWhatConcernsAll()
{
    SettingsBench bench;
    TrayMenu menu(bench.workspace, m_theme);
    QVERIFY(!find(menu, QStringLiteral("Reconnect all"))->isEnabled());
    QCOMPARE(find(menu, QStringLiteral("Quit"))->text(), QStringLiteral("&Quit"));
    QSignalSpy expose(&menu, &TrayMenu::exposeRequested);
    QSignalSpy window(&menu, &TrayMenu::windowRequested);
    QSignalSpy settings(&menu, &TrayMenu::settingsRequested);
    QSignalSpy quit(&menu, &TrayMenu::quitRequested);
    for (const auto &text : {QStringLiteral("Expose port"), QStringLiteral("Open window"), QStringLiteral("Settings"),
                             QStringLiteral("Quit")})
        find(menu, text)->trigger();
    QCOMPARE(expose.size() + window.size() + settings.size() + quit.size(), 4);
}

void TrayMenuTest::aTunnelCanBeUsed()
{
    SettingsBench bench;
    TrayMenu menu(bench.workspace, m_theme);
    const auto id = bench.workspace.add(entryFor(3000, kShop));
    QTRY_COMPARE(titleOfFirst(menu), QStringLiteral("shop · Online"));
    const QString url = bench.workspace.find(*id)->publicUrl;
    QMenu &shop = tunnelMenu(menu, kShop);
    find(shop, QStringLiteral("Copy URL"))->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), url);
    QSignalSpy opened(&menu, &TrayMenu::openUrlRequested);
    find(shop, QStringLiteral("Open"))->trigger();
    QCOMPARE(opened.first().first().toUrl(), QUrl(url));
    QSignalSpy inspected(&menu, &TrayMenu::inspectRequested);
    find(shop, QStringLiteral("Inspect"))->trigger();
    QCOMPARE(inspected.first().first().toString(), *id);
    QCOMPARE(find(menu, QStringLiteral("Quit"))->text(), QStringLiteral("&Quit (stops 1 tunnel)"));
    QVERIFY(find(menu, QStringLiteral("Reconnect all"))->isEnabled());
}

void TrayMenuTest::aTunnelCanBeStoppedAndStarted()
{
    SettingsBench bench;
    TrayMenu menu(bench.workspace, m_theme);
    QVERIFY(bench.workspace.add(entryFor(3000, kShop)));
    QTRY_COMPARE(titleOfFirst(menu), QStringLiteral("shop · Online"));
    find(tunnelMenu(menu, kShop), QStringLiteral("Pause"))->trigger();
    QTRY_COMPARE(titleOfFirst(menu), QStringLiteral("shop · Paused"));
    find(tunnelMenu(menu, kShop), QStringLiteral("Resume"))->trigger();
    QTRY_COMPARE(titleOfFirst(menu), QStringLiteral("shop · Online"));
    find(tunnelMenu(menu, kShop), QStringLiteral("Stop"))->trigger();
    QTRY_COMPARE(titleOfFirst(menu), QStringLiteral("shop · Stopped"));
    QVERIFY(!find(tunnelMenu(menu, kShop), QStringLiteral("Pause"))->isEnabled());
    find(tunnelMenu(menu, kShop), QStringLiteral("Start"))->trigger();
    QTRY_COMPARE(titleOfFirst(menu), QStringLiteral("shop · Online"));
}

void TrayMenuTest::itIsNotMadeAnewUnderTheHand()
{
    SettingsBench bench;
    const auto id = bench.workspace.add(entryFor(3000, kShop));
    TrayMenu menu(bench.workspace, m_theme);
    QTRY_COMPARE(titleOfFirst(menu), QStringLiteral("shop · Online"));
    menu.popup(QPoint(0, 0));
    QTRY_VERIFY(menu.isVisible());
    bench.workspace.stop(*id);
    QCoreApplication::processEvents();
    QCOMPARE(titleOfFirst(menu), QStringLiteral("shop · Online"));
    menu.hide();
    QTRY_COMPARE(titleOfFirst(menu), QStringLiteral("shop · Stopped"));
}

void TrayMenuTest::whatIsNotSeenMakesNoMenu()
{
    SettingsBench bench;
    QVERIFY(bench.workspace.add(entryFor(3000, kShop)));
    TrayMenu menu(bench.workspace, m_theme);
    QTRY_COMPARE(titleOfFirst(menu), QStringLiteral("shop · Online"));
    const QAction *first = menu.actions().first();
    Q_EMIT bench.workspace.changed(0);
    QCoreApplication::processEvents();
    QCOMPARE(menu.actions().first(), first);
}

void TrayMenuTest::screenshots()
{
    SettingsBench bench;
    const auto shop = bench.workspace.add(entryFor(3000, kShop));
    const auto blog = bench.workspace.add(entryFor(8080, QStringLiteral("blog")));
    QVERIFY(shop && blog);
    QTRY_COMPARE(bench.workspace.overall(), workspace::Overall::Up);
    bench.workspace.stop(*blog);
    for (const auto appearance : {settings::Appearance::Light, settings::Appearance::Dark}) {
        ui::Theme theme(*qApp, appearance);
        TrayMenu menu(bench.workspace, theme);
        menu.popup(QPoint(0, 0));
        support::keepScreenshot(QStringLiteral("tray-menu"), menu, theme);
        QMenu &sub = tunnelMenu(menu, kShop);
        sub.popup(QPoint(0, 0));
        support::keepScreenshot(QStringLiteral("tray-menu-tunnel"), sub, theme);
    }
}

QTEST_MAIN(TrayMenuTest)
#include "tray_menu_test.moc"
