#include "settings_bench.h"
#include "support/screenshot.h"
#include "ui/widgets/field_row.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/notice_bar.h"
#include "ui/windows/settings_server_form.h"
#include "ui/windows/settings_servers.h"
#include "ui/windows/settings_token_field.h"

#include <QClipboard>
#include <QLineEdit>
#include <QSignalSpy>

#include <algorithm>
#include <chrono>

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
    void aPastedCommandFillsTheForm();
    void aPastedTokenGoesToTheOnlyServer();
    void whatIsNoTokenIsSaid();
    void aRefusalIsSaidWhereTheTokenIs();
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

void SettingsServersTest::aPastedCommandFillsTheForm()
{
    SettingsBench bench;
    ServersPage page(bench.workspace, m_theme);
    page.show();
    QGuiApplication::clipboard()->setText(
        QStringLiteral("ttf http 3000 --relay https://relay.example.com --token s3cret-0123456789"));
    page.paste();
    QVERIFY(page.form()->isVisible());
    QCOMPARE(page.form()->urlEdit()->text(), QStringLiteral("https://relay.example.com"));
    QCOMPARE(page.form()->tokenField()->typed().reveal(), QByteArray("s3cret-0123456789"));
    QCOMPARE(page.form()->tokenField()->edit()->echoMode(), QLineEdit::Password);
    QVERIFY(!QGuiApplication::clipboard()->text().isEmpty()); // left alone unless asked
    page.form()->addButton()->click();
    QCOMPARE(page.cards().size(), 1);
    QTRY_COMPARE(bench.secrets.value(settings::secretAccount(work().url)).reveal(), QByteArray("s3cret-0123456789"));
    QVERIFY(page.form()->tokenField()->typed().isEmpty());
}

void SettingsServersTest::aPastedTokenGoesToTheOnlyServer()
{
    SettingsBench bench({work()});
    ServersPage page(bench.workspace, m_theme);
    page.show();
    QGuiApplication::clipboard()->setText(QStringLiteral("Bearer s3cret-0123456789"));
    page.pasteButton()->click();
    QVERIFY(!page.form()->isVisible());
    QCOMPARE(page.cards().first()->tokenField()->typed().reveal(), QByteArray("s3cret-0123456789"));
    QVERIFY(bench.secrets.value(settings::secretAccount(work().url)).isEmpty()); // the user looks first
}

void SettingsServersTest::whatIsNoTokenIsSaid()
{
    SettingsBench bench({work()});
    ServersPage page(bench.workspace, m_theme);
    page.show();
    QGuiApplication::clipboard()->setText(QStringLiteral("buy milk"));
    page.pasteButton()->click();
    QVERIFY(page.cards().first()->tokenField()->typed().isEmpty());
    const auto bars = page.findChildren<ui::NoticeBar *>();
    QVERIFY(std::ranges::any_of(bars, [](const ui::NoticeBar *bar) {
        return bar->isVisible() && bar->text().contains(QStringLiteral("neither a token"));
    }));
}

void SettingsServersTest::aRefusalIsSaidWhereTheTokenIs()
{
    auto config = support::quietConfig();
    SettingsBench bench;
    support::Home::write(bench.home.folder.filePath(QStringLiteral("tokens")), "right");
    config.auth.tokenFile = bench.home.folder.filePath(QStringLiteral("tokens")).toStdString();
    const support::LoopbackRelay relay(config);
    const QString account = settings::secretAccount(support::urlOf(relay));
    bench.secrets.set(account, Secret("wrong"));
    ServersPage page(bench.workspace, m_theme);
    const auto id = bench.workspace.add(support::entryFor(3000, QStringLiteral("shop"), support::urlOf(relay)));
    QTRY_COMPARE(bench.workspace.find(*id)->status.phase, client::Phase::Failed);
    QVERIFY(page.cards().first()->tokenState().startsWith(QStringLiteral("The server refused “shop”: ")));
    page.cards().first()->tokenField()->edit()->setText(QStringLiteral("right"));
    page.cards().first()->saveButton()->click();
    QTRY_VERIFY(bench.workspace.find(*id)->online());
    QTRY_VERIFY(page.cards().first()->tokenState().startsWith(QStringLiteral("A token is saved")));
}

void SettingsServersTest::screenshots()
{
    SettingsBench two({work(), support::server(kHome)});
    two.secrets.set(settings::secretAccount(work().url),
                    Secret(support::tokenThatExpires(std::chrono::hours(24 * 6 + 1))));
    two.secrets.set(settings::secretAccount(QUrl(kHome)), Secret(support::tokenThatExpires(std::chrono::hours(-50))));
    support::keepScreenshots(QStringLiteral("settings-servers-expiry"), QSize(583, 620), [&](ui::Theme &theme) {
        auto page = std::make_unique<ServersPage>(two.workspace, theme);
        (void)QTest::qWaitFor([&] { return !page->cards().last()->forgetButton()->isHidden(); });
        return page;
    });
    QGuiApplication::clipboard()->setText(
        QStringLiteral("ttf http 3000 --relay https://new.example.com --token s3cret-0123456789"));
    SettingsBench one({work()});
    support::keepScreenshots(QStringLiteral("settings-servers-pasted"), QSize(583, 740), [&](ui::Theme &theme) {
        auto page = std::make_unique<ServersPage>(one.workspace, theme);
        page->paste();
        return page;
    });
    QGuiApplication::clipboard()->setText(QStringLiteral("s3cret-0123456789-of-work"));
    support::keepScreenshots(QStringLiteral("settings-servers-pasted-token"), QSize(583, 620), [&](ui::Theme &theme) {
        auto page = std::make_unique<ServersPage>(one.workspace, theme);
        page->paste();
        return page;
    });
    SettingsBench bench;
    support::keepScreenshots(QStringLiteral("settings-servers-empty"), QSize(583, 620),
                             [&](ui::Theme &theme) { return std::make_unique<ServersPage>(bench.workspace, theme); });
}

QTEST_MAIN(SettingsServersTest)
#include "settings_servers_test.moc"
