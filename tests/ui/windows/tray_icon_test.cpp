#include "settings_bench.h"
#include "ui/windows/tray_icon.h"
#include "ui/windows/tray_menu.h"

#include <QSignalSpy>

using support::entryFor;
using support::SettingsBench;
using ui::TrayIcon;

class TrayIconTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tooltipAndIconFollowTheState();
    void whatTheMenuAsksForIsPassedOn();
    void aLeftClickAsksForTheWindow();
    void withoutATrayNothingIsNotified();

private:
    ui::Theme m_theme{*qApp};
};

void TrayIconTest::tooltipAndIconFollowTheState()
{
    SettingsBench bench;
    TrayIcon tray(bench.workspace, m_theme);
    QCOMPARE(tray.icon().toolTip(), QStringLiteral("HTTP Tunnel: no tunnel is open"));
    const QImage idle = tray.icon().icon().pixmap(32).toImage();
    QVERIFY(bench.workspace.add(entryFor(3000, QStringLiteral("shop"))));
    QTRY_COMPARE(tray.icon().toolTip(), QStringLiteral("HTTP Tunnel: 1 tunnel is online"));
    QVERIFY(tray.icon().icon().pixmap(32).toImage() != idle);
}

void TrayIconTest::whatTheMenuAsksForIsPassedOn()
{
    SettingsBench bench;
    TrayIcon tray(bench.workspace, m_theme);
    QSignalSpy expose(&tray, &TrayIcon::exposeRequested);
    QSignalSpy window(&tray, &TrayIcon::windowRequested);
    QSignalSpy settings(&tray, &TrayIcon::settingsRequested);
    QSignalSpy quit(&tray, &TrayIcon::quitRequested);
    QSignalSpy inspect(&tray, &TrayIcon::inspectRequested);
    QSignalSpy open(&tray, &TrayIcon::openUrlRequested);
    Q_EMIT tray.menu()->exposeRequested();
    Q_EMIT tray.menu()->windowRequested();
    Q_EMIT tray.menu()->settingsRequested();
    Q_EMIT tray.menu()->quitRequested();
    Q_EMIT tray.menu()->inspectRequested(QStringLiteral("id"));
    Q_EMIT tray.menu()->openUrlRequested(QUrl(QStringLiteral("http://shop.localhost/")));
    for (const QSignalSpy *spy : {&expose, &window, &settings, &quit, &inspect, &open})
        QCOMPARE(spy->size(), 1);
}

void TrayIconTest::aLeftClickAsksForTheWindow()
{
    SettingsBench bench;
    TrayIcon tray(bench.workspace, m_theme);
    QSignalSpy window(&tray, &TrayIcon::windowRequested);
    Q_EMIT tray.icon().activated(QSystemTrayIcon::Context);
    QVERIFY(window.isEmpty());
    Q_EMIT tray.icon().activated(QSystemTrayIcon::Trigger);
    QCOMPARE(window.size(), 1);
}

void TrayIconTest::withoutATrayNothingIsNotified()
{
    SettingsBench bench;
    TrayIcon tray(bench.workspace, m_theme); // offscreen has none
    QSignalSpy notified(&tray, &TrayIcon::notified);
    QVERIFY(!tray.isAvailable());
    tray.notify(QStringLiteral("shop is down"), QStringLiteral("…"), {});
    QVERIFY(notified.isEmpty());
}

QTEST_MAIN(TrayIconTest)
#include "tray_icon_test.moc"
