#include "settings_bench.h"
#include "support/screenshot.h"
#include "ui/windows/settings_general.h"

#include <QCheckBox>
#include <QSignalSpy>
#include <QToolButton>

using settings::Appearance;
using support::SettingsBench;
using ui::GeneralPage;

class SettingsGeneralTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachChangeIsSavedAtOnce();
    void changesFromElsewhereAreShown();
    void whatCannotBeSavedGoesBack();
    void withoutATrayThereIsNothingToChoose();
    void screenshots();

private:
    ui::Theme m_theme{*qApp};
    bool m_tray = true;
    std::function<bool()> m_trayAvailable = [this] { return m_tray; };
};

void SettingsGeneralTest::eachChangeIsSavedAtOnce()
{
    SettingsBench bench;
    GeneralPage page(bench.workspace, m_theme, m_trayAvailable);
    QVERIFY(page.appearanceButton(Appearance::System)->isChecked());
    page.appearanceButton(Appearance::Dark)->click();
    page.closeToTray()->click();
    page.notifications()->click();
    page.recordBodies()->click();
    const settings::Preferences &saved = bench.workspace.preferences();
    QCOMPARE(saved.appearance, Appearance::Dark);
    QVERIFY(!saved.closeToTray);
    QVERIFY(!saved.notifications);
    QVERIFY(!saved.recordBodies);
}

void SettingsGeneralTest::changesFromElsewhereAreShown()
{
    SettingsBench bench;
    GeneralPage page(bench.workspace, m_theme, m_trayAvailable);
    auto preferences = bench.workspace.preferences();
    preferences.appearance = Appearance::Light;
    preferences.notifications = false;
    QVERIFY(bench.workspace.setPreferences(preferences));
    QVERIFY(page.appearanceButton(Appearance::Light)->isChecked());
    QVERIFY(!page.notifications()->isChecked());
}

void SettingsGeneralTest::whatCannotBeSavedGoesBack()
{
    SettingsBench bench;
    GeneralPage page(bench.workspace, m_theme, m_trayAvailable);
    QSignalSpy failed(&page, &GeneralPage::failed);
    const QString folder = bench.home.paths().configFolder;
    QVERIFY(QDir(folder).removeRecursively());
    support::Home::write(folder, "in the way");
    page.notifications()->click();
    QCOMPARE(failed.size(), 1);
    QVERIFY(page.notifications()->isChecked());
}

void SettingsGeneralTest::withoutATrayThereIsNothingToChoose()
{
    SettingsBench bench;
    m_tray = false;
    GeneralPage page(bench.workspace, m_theme, m_trayAvailable);
    page.show();
    QVERIFY(!page.closeToTray()->isEnabled());
    QVERIFY(page.closeToTray()->accessibleDescription().contains(QStringLiteral("no tray")));
    page.hide();
    m_tray = true;
    page.show(); // it came meanwhile
    QVERIFY(page.closeToTray()->isEnabled());
}

void SettingsGeneralTest::screenshots()
{
    SettingsBench bench;
    support::keepScreenshots(QStringLiteral("settings-general-page"), QSize(583, 480), [&](ui::Theme &theme) {
        return std::make_unique<GeneralPage>(bench.workspace, theme, [] { return false; });
    });
}

QTEST_MAIN(SettingsGeneralTest)
#include "settings_general_test.moc"
