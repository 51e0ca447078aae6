#include "settings_bench.h"
#include "ui/widgets/badge_label.h"
#include "ui/widgets/field_row.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/notice_bar.h"
#include "ui/windows/settings_server_card.h"
#include "ui/windows/settings_token_field.h"

#include <QClipboard>
#include <QLineEdit>
#include <QSignalSpy>

using settings::Secret;
using support::SettingsBench;
using support::work;
using ui::NoticeBar;
using ui::ServerCard;

namespace {

// A keyring that says no.
class BrokenStore : public settings::SessionSecretStore {
public:
    void read(const QString &, QObject *context, ReadDone done) override
    {
        QMetaObject::invokeMethod(context, [done] { done(refusal()); }, Qt::QueuedConnection);
    }
    void write(const QString &, const Secret &, QObject *context, Done done) override
    {
        QMetaObject::invokeMethod(context, [done] { done(refusal()); }, Qt::QueuedConnection);
    }

private:
    static std::unexpected<wire::Error> refusal()
    {
        return wire::fail(wire::Code::InternalError, "the keyring is locked");
    }
};

QString account()
{
    return settings::secretAccount(work().url);
}

} // namespace

class SettingsServerCardTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTokenIsSavedAndLeavesTheField();
    void aSavedTokenIsSaidNotShown();
    void aTokenCanBeRemoved();
    void aWrongTextIsNotSaved();
    void withoutAKeyringItSaysHowLong();
    void aRefusalIsToldAndTheTextStays();
    void aServerInUseCannotBeRemoved();
    void theConnectionIsTested();
    void aSavedTokenStartsTheTunnel();
    void itSaysWhenTheTokenEnds();
    void aTokenIsPasted();
    void aTokenOfAnotherServerIsNotTaken();
    void theClipboardIsClearedWhenAsked();

private:
    ui::Theme m_theme{*qApp};
};

void SettingsServerCardTest::aTokenIsSavedAndLeavesTheField()
{
    SettingsBench bench;
    ServerCard card(bench.workspace, m_theme, work());
    QVERIFY(!card.saveButton()->isEnabled());
    QTest::keyClicks(card.tokenField()->edit(), QStringLiteral("s3cret"));
    card.saveButton()->click();
    QTRY_COMPARE(bench.secrets.value(account()).reveal(), QByteArray("s3cret"));
    QTRY_VERIFY(card.tokenField()->typed().isEmpty());
    QVERIFY(card.tokenState().contains(QStringLiteral("saved in the keyring")));
    QCOMPARE(card.outcome()->kind(), NoticeBar::Kind::Success);
    QVERIFY(
        !support::Home::read(bench.home.paths().configFolder + QStringLiteral("/settings.toml")).contains("s3cret"));
    for (const QLabel *label : card.findChildren<QLabel *>())
        QVERIFY(!label->text().contains(QStringLiteral("s3cret")));
}

void SettingsServerCardTest::aSavedTokenIsSaidNotShown()
{
    SettingsBench bench;
    bench.secrets.set(account(), Secret("s3cret"));
    ServerCard card(bench.workspace, m_theme, work());
    QTRY_VERIFY(!card.forgetButton()->isHidden());
    QVERIFY(card.tokenField()->edit()->text().isEmpty());
    QVERIFY(!card.tokenField()->revealButton()->isEnabled());
}

void SettingsServerCardTest::aTokenCanBeRemoved()
{
    SettingsBench bench;
    bench.secrets.set(account(), Secret("s3cret"));
    ServerCard card(bench.workspace, m_theme, work());
    QTRY_VERIFY(!card.forgetButton()->isHidden());
    card.forgetButton()->click();
    QTRY_VERIFY(card.forgetButton()->isHidden());
    QVERIFY(bench.secrets.value(account()).isEmpty());
    QVERIFY(card.tokenState().startsWith(QStringLiteral("No token is saved")));
}

void SettingsServerCardTest::aWrongTextIsNotSaved()
{
    SettingsBench bench;
    ServerCard card(bench.workspace, m_theme, work());
    card.tokenField()->edit()->setText(QStringLiteral("two words"));
    card.saveButton()->click();
    QVERIFY(card.tokenState().contains(QStringLiteral("one word")));
    QVERIFY(!card.tokenState().contains(QStringLiteral("two words")));
    QCOMPARE(card.tokenField()->edit()->text(), QStringLiteral("two words"));
    QVERIFY(bench.secrets.value(account()).isEmpty());
}

void SettingsServerCardTest::withoutAKeyringItSaysHowLong()
{
    SettingsBench bench;
    bench.secrets.set(account(), Secret("s3cret"));
    ServerCard card(bench.workspace, m_theme, work());
    card.setKeeping(ui::TokenKeeping::Session);
    QTRY_VERIFY(card.tokenState().contains(QStringLiteral("until HTTP Tunnel quits")));
}

void SettingsServerCardTest::aRefusalIsToldAndTheTextStays()
{
    BrokenStore broken;
    support::Home home;
    support::TestLocalRelay relay;
    workspace::Workspace workspace({relay, broken}, home.paths(), {});
    ServerCard card(workspace, m_theme, work());
    QTRY_VERIFY(card.tokenState().contains(QStringLiteral("keyring is locked")));
    card.tokenField()->edit()->setText(QStringLiteral("s3cret"));
    card.saveButton()->click();
    QTRY_COMPARE(card.outcome()->kind(), NoticeBar::Kind::Error);
    QVERIFY(card.outcome()->text().contains(QStringLiteral("keyring is locked"), Qt::CaseInsensitive));
    QCOMPARE(card.tokenField()->typed().reveal(), QByteArray("s3cret"));
    QVERIFY(card.saveButton()->isEnabled());
}

void SettingsServerCardTest::aServerInUseCannotBeRemoved()
{
    SettingsBench bench;
    ServerCard card(bench.workspace, m_theme, work());
    QSignalSpy removed(&card, &ServerCard::removeRequested);
    card.setUsers({QStringLiteral("shop"), QStringLiteral("blog")});
    QVERIFY(!card.removeButton()->isEnabled());
    QVERIFY(card.removeButton()->toolTip().contains(QStringLiteral("another one")));
    card.setUsers({});
    card.removeButton()->click();
    QCOMPARE(removed.size(), 1);
}

void SettingsServerCardTest::theConnectionIsTested()
{
    auto config = support::quietConfig();
    SettingsBench bench;
    support::Home::write(bench.home.folder.filePath(QStringLiteral("tokens")), "right");
    config.auth.tokenFile = bench.home.folder.filePath(QStringLiteral("tokens")).toStdString();
    const support::LoopbackRelay relay(config);
    ServerCard card(bench.workspace, m_theme, {support::urlOf(relay), {}});
    card.testButton()->click();
    QVERIFY(!card.testButton()->isEnabled());
    QTRY_VERIFY(card.testButton()->isEnabled());
    QCOMPARE(card.outcome()->kind(), NoticeBar::Kind::Error);
    QVERIFY(card.outcome()->text().contains(QStringLiteral("Save one")));
    card.tokenField()->edit()->setText(QStringLiteral("right")); // before it is saved
    card.testButton()->click();
    QTRY_VERIFY(card.testButton()->isEnabled());
    QCOMPARE(card.outcome()->kind(), NoticeBar::Kind::Success);
    QVERIFY(bench.secrets.value(settings::secretAccount(support::urlOf(relay))).isEmpty());
}

void SettingsServerCardTest::aSavedTokenStartsTheTunnel()
{
    auto config = support::quietConfig();
    SettingsBench bench;
    support::Home::write(bench.home.folder.filePath(QStringLiteral("tokens")), "right");
    config.auth.tokenFile = bench.home.folder.filePath(QStringLiteral("tokens")).toStdString();
    const support::LoopbackRelay relay(config);
    const auto id = bench.workspace.add(support::entryFor(3000, QStringLiteral("shop"), support::urlOf(relay)));
    QTRY_COMPARE(bench.workspace.find(*id)->status.phase, client::Phase::Failed);
    ServerCard card(bench.workspace, m_theme, {support::urlOf(relay), {}});
    card.tokenField()->edit()->setText(QStringLiteral("right"));
    QTest::keyClick(card.tokenField()->edit(), Qt::Key_Return);
    QTRY_VERIFY(bench.workspace.find(*id)->online());
}

void SettingsServerCardTest::itSaysWhenTheTokenEnds()
{
    SettingsBench bench;
    bench.secrets.set(account(), Secret(support::tokenThatExpires(std::chrono::hours(24 * 6 + 1))));
    ServerCard card(bench.workspace, m_theme, work());
    QVERIFY(card.expiryBadge()->isHidden());
    QTRY_VERIFY(!card.expiryBadge()->isHidden());
    QCOMPARE(card.expiryBadge()->badge().word, QStringLiteral("Expires in 6 days"));
    QCOMPARE(card.expiryBadge()->badge().color, m_theme.colors().warning);
    card.keep(Secret(support::tokenThatExpires(std::chrono::hours(-50))));
    QTRY_COMPARE(card.expiryBadge()->badge().word, QStringLiteral("Expired 2 days ago"));
    QCOMPARE(card.expiryBadge()->badge().color, m_theme.colors().danger);
    card.keep(Secret("one-that-does-not-say"));
    QTRY_VERIFY(card.expiryBadge()->isHidden());
}

void SettingsServerCardTest::aTokenIsPasted()
{
    SettingsBench bench;
    ServerCard card(bench.workspace, m_theme, work());
    QGuiApplication::clipboard()->setText(QStringLiteral("TUNNEL_TOKEN=s3cret"));
    card.pasteButton()->click();
    QCOMPARE(card.tokenField()->typed().reveal(), QByteArray("s3cret"));
    QCOMPARE(card.outcome()->kind(), NoticeBar::Kind::Info);
    QGuiApplication::clipboard()->setText(QStringLiteral("hello"));
    card.pasteButton()->click();
    QCOMPARE(card.outcome()->kind(), NoticeBar::Kind::Error);
    QCOMPARE(card.tokenField()->typed().reveal(), QByteArray("s3cret"));
}

void SettingsServerCardTest::aTokenOfAnotherServerIsNotTaken()
{
    SettingsBench bench;
    ServerCard card(bench.workspace, m_theme, work());
    QGuiApplication::clipboard()->setText(QStringLiteral("--relay https://other.example.com --token s3cret"));
    card.pasteButton()->click();
    QVERIFY(card.tokenField()->typed().isEmpty());
    QVERIFY(card.outcome()->text().contains(QStringLiteral("other.example.com")));
    QGuiApplication::clipboard()->setText(work().url.toString());
    card.pasteButton()->click();
    QVERIFY(card.outcome()->text().contains(QStringLiteral("no token")));
}

void SettingsServerCardTest::theClipboardIsClearedWhenAsked()
{
    SettingsBench bench;
    ServerCard card(bench.workspace, m_theme, work());
    QGuiApplication::clipboard()->setText(QStringLiteral("TUNNEL_TOKEN=s3cret"));
    card.pasteButton()->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("TUNNEL_TOKEN=s3cret"));
    card.outcome()->findChild<QPushButton *>()->click();
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
}

QTEST_MAIN(SettingsServerCardTest)
#include "settings_server_card_test.moc"
