#include "settings_bench.h"
#include "support/screenshot.h"
#include "ui/widgets/notice_bar.h"
#include "ui/windows/main_window.h"
#include "ui/windows/window_closer.h"

#include <QSignalSpy>

using support::entryFor;
using support::SettingsBench;
using ui::WindowCloser;

namespace {

struct Bench : SettingsBench {
    Bench(ui::Theme &theme, bool tray)
        : state(home.folder.path()),
          window(workspace, store, theme, state),
          closer(window, workspace, [tray] { return tray; })
    {
        window.show();
    }
    QPushButton *button(const QString &text)
    {
        for (auto *button : closer.notice()->findChildren<QPushButton *>()) {
            if (button->text() == text)
                return button;
        }
        qFatal("no such button");
    }
    void open()
    {
        if (!workspace.add(entryFor(3000, QStringLiteral("shop"))))
            qFatal("cannot add a tunnel");
    }

    traffic::ExchangeStore store;
    settings::WindowState state;
    ui::MainWindow window;
    WindowCloser closer;
};

} // namespace

class WindowCloserTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTrayIsExplainedOnce();
    void aSecondCloseMeansIt();
    void theUserMayWantToQuit();
    void withoutATrayTunnelsAreMentioned();
    void withoutATrayAndWithoutTunnelsItQuits();
    void screenshots();

private:
    ui::Theme m_theme{*qApp};
};

void WindowCloserTest::theTrayIsExplainedOnce()
{
    Bench bench(m_theme, true);
    QSignalSpy quit(&bench.closer, &WindowCloser::quitRequested);
    bench.window.close();
    QVERIFY(bench.window.isVisible());
    QVERIFY(bench.closer.notice()->isVisible());
    QVERIFY(bench.workspace.preferences().closeExplained);
    bench.button(QStringLiteral("Close to tray"))->click();
    QVERIFY(!bench.window.isVisible());
    bench.window.show();
    bench.window.close();
    QVERIFY(!bench.window.isVisible());
    QVERIFY(quit.isEmpty());
}

void WindowCloserTest::aSecondCloseMeansIt()
{
    Bench bench(m_theme, true);
    bench.window.close();
    bench.window.close();
    QVERIFY(!bench.window.isVisible());
    QVERIFY(!bench.closer.notice());
}

void WindowCloserTest::theUserMayWantToQuit()
{
    Bench bench(m_theme, true);
    QSignalSpy quit(&bench.closer, &WindowCloser::quitRequested);
    bench.window.close();
    bench.button(QStringLiteral("Quit"))->click();
    QCOMPARE(quit.size(), 1);
    auto preferences = bench.workspace.preferences();
    preferences.closeToTray = false;
    QVERIFY(bench.workspace.setPreferences(preferences));
    bench.window.close();
    QCOMPARE(quit.size(), 2);
}

void WindowCloserTest::withoutATrayTunnelsAreMentioned()
{
    Bench bench(m_theme, false);
    bench.open();
    QSignalSpy quit(&bench.closer, &WindowCloser::quitRequested);
    bench.window.close();
    QVERIFY(bench.window.isVisible());
    QVERIFY(bench.closer.notice()->text().contains(QStringLiteral("no tray")));
    QVERIFY(quit.isEmpty());
    bench.button(QStringLiteral("Minimize instead"))->click();
    QVERIFY(bench.window.isMinimized());
    bench.window.showNormal();
    bench.window.close();
    QVERIFY(quit.isEmpty()); // it is said again: tunnels are at stake
    bench.window.close();
    QCOMPARE(quit.size(), 1);
}

void WindowCloserTest::withoutATrayAndWithoutTunnelsItQuits()
{
    Bench bench(m_theme, false);
    QSignalSpy quit(&bench.closer, &WindowCloser::quitRequested);
    bench.window.close();
    QCOMPARE(quit.size(), 1);
}

void WindowCloserTest::screenshots()
{
    for (const auto appearance : {settings::Appearance::Light, settings::Appearance::Dark}) {
        ui::Theme theme(*qApp, appearance);
        for (const bool tray : {true, false}) {
            Bench bench(theme, tray);
            bench.open();
            QTRY_COMPARE(bench.workspace.overall(), workspace::Overall::Up);
            bench.window.close();
            support::keepScreenshot(tray ? QStringLiteral("closing-to-tray") : QStringLiteral("closing-no-tray"),
                                    bench.window, theme);
        }
    }
}

QTEST_MAIN(WindowCloserTest)
#include "window_closer_test.moc"
