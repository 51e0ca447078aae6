#include "settings_bench.h"
#include "support/screenshot.h"
#include "ui/widgets/field_row.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/notice_bar.h"
#include "ui/windows/settings_server_form.h"
#include "ui/windows/settings_servers.h"
#include "ui/windows/settings_token_field.h"

#include <QLineEdit>
#include <QSignalSpy>

using settings::Secret;
using support::SettingsBench;
using support::work;
using ui::ServersPage;

namespace {

const QString kHome = QStringLiteral("https://home.example.org:8443");

} // namespace

class SettingsServersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aServerIsAdded();
    void theSameServerIsRefused();
    void removingIsUndoneWithItsToken();
    void serversOfTunnelsAreShownToo();
    void whatIsTypedSurvivesOtherChanges();
    void aMissingKeyringIsSaid();
    void screenshots();

private:
    ui::Theme m_theme{*qApp};
};

void SettingsServersTest::aServerIsAdded()
{
    SettingsBench bench;
    ServersPage page(bench.workspace, m_theme);
    page.show();
    QVERIFY(page.cards().isEmpty());
    page.beginAdding();
    QVERIFY(page.form()->isVisible());
    page.form()->urlEdit()->setText(work().url.toString());
    page.form()->labelEdit()->setText(QStringLiteral("Work"));
    page.form()->addButton()->click();
    QVERIFY(!page.form()->isVisible());
    QCOMPARE(page.cards().size(), 1);
    QCOMPARE(page.cards().first()->server(), work());
    QCOMPARE(bench.workspace.preferences().servers, QList<settings::Server>{work()});
}

void SettingsServersTest::theSameServerIsRefused()
{
    SettingsBench bench({work()});
    ServersPage page(bench.workspace, m_theme);
    page.beginAdding();
    page.form()->urlEdit()->setText(QStringLiteral("https://relay.example.com:443/"));
    page.form()->addButton()->click();
    QVERIFY(page.form()->urlRow()->fault().contains(QStringLiteral("already")));
    QCOMPARE(bench.workspace.preferences().servers.size(), 1);
}

void SettingsServersTest::removingIsUndoneWithItsToken()
{
    SettingsBench bench({work(), support::server(kHome)});
    const QString account = settings::secretAccount(work().url);
    bench.secrets.set(account, Secret("s3cret"));
    ServersPage page(bench.workspace, m_theme);
    QSignalSpy removed(&page, &ServersPage::removed);
    page.cards().first()->removeButton()->click();
    QTRY_COMPARE(removed.size(), 1);
    QCOMPARE(removed.first().first().toString(), QStringLiteral("Work"));
    QCOMPARE(page.cards().size(), 1);
    QTRY_VERIFY(bench.secrets.value(account).isEmpty());
    QVERIFY(page.undoRemove());
    QTRY_COMPARE(page.cards().size(), 2);
    QCOMPARE(page.cards().first()->server(), work());
    QCOMPARE(bench.secrets.value(account).reveal(), QByteArray("s3cret"));
    QVERIFY(!page.undoRemove());
}

void SettingsServersTest::serversOfTunnelsAreShownToo()
{
    SettingsBench bench({work()});
    ServersPage page(bench.workspace, m_theme);
    const auto id = bench.workspace.add(support::entryFor(3000, QStringLiteral("shop"), QUrl(kHome)));
    QVERIFY(id);
    bench.workspace.stop(*id);
    QCOMPARE(page.cards().size(), 2);
    QVERIFY(!page.cards().last()->removeButton()->isEnabled());
    QVERIFY(bench.workspace.edit(*id, support::entryFor(3000, QStringLiteral("shop"), work().url)));
    QCOMPARE(page.cards().size(), 1);
    QVERIFY(!page.cards().first()->removeButton()->isEnabled());
}

void SettingsServersTest::whatIsTypedSurvivesOtherChanges()
{
    SettingsBench bench({work()});
    ServersPage page(bench.workspace, m_theme);
    page.cards().first()->tokenField()->edit()->setText(QStringLiteral("half"));
    auto preferences = bench.workspace.preferences();
    preferences.servers.append(support::server(kHome));
    QVERIFY(bench.workspace.setPreferences(preferences));
    QCOMPARE(page.cards().size(), 2);
    QCOMPARE(page.cards().first()->tokenField()->edit()->text(), QStringLiteral("half"));
}

void SettingsServersTest::aMissingKeyringIsSaid()
{
    support::Home home; // its secrets end with the program
    support::TestLocalRelay relay;
    workspace::Workspace workspace({relay, home.secrets}, home.paths(), {});
    ServersPage page(workspace, m_theme);
    page.show();
    QTRY_VERIFY(page.keyringNotice()->isVisible());
    QVERIFY(!page.keyringNotice()->text().isEmpty());
}

void SettingsServersTest::screenshots()
{
    SettingsBench bench;
    support::keepScreenshots(QStringLiteral("settings-servers-empty"), QSize(583, 620),
                             [&](ui::Theme &theme) { return std::make_unique<ServersPage>(bench.workspace, theme); });
}

QTEST_MAIN(SettingsServersTest)
#include "settings_servers_test.moc"
