#include "support/screenshot.h"
#include "ui/windows/settings_servers.h"
#include "ui/windows/settings_token_field.h"
#include "ui/windows/settings_token_place.h"
#include "vault_bench.h"

#include <QLineEdit>
#include <QSignalSpy>

using support::buttonOf;
using support::VaultBench;
using ui::NoticeBar;
using ui::PassphraseDialog;
using ui::TokenKeeping;
using ui::TokenPlace;

namespace {

constexpr int kWaitMs = 30'000;
const QString kEncrypted = QStringLiteral("Keep them in an encrypted file…");
const QString kSession = QStringLiteral("This session only");
const QString kDelete = QStringLiteral("Delete the file…");

QString passphrase()
{
    return QString::fromLatin1(VaultBench::kPassphrase.data());
}

void press(const QWidget &widget, const QString &text)
{
    auto *button = buttonOf(widget, text);
    QVERIFY2(button, qPrintable(text));
    button->click();
}

} // namespace

class SettingsTokenPlaceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aKeyringThatWorksIsNoMatter();
    void withoutOneTheUserChoosesTheFile();
    void orThisSession();
    void aRefusalIsTriedAgain();
    void aKeyringThatWaitsIsSaid();
    void aLockedFileIsUnlocked();
    void theFileIsDeletedOnceItIsConfirmed();
    void theFileMovesToTheKeyring();
    void aTunnelThatWaitedStarts();
    void screenshots();

private:
    ui::Theme m_theme{*qApp};
};

void SettingsTokenPlaceTest::aKeyringThatWorksIsNoMatter()
{
    VaultBench bench;
    TokenPlace place(*bench.workspace, m_theme);
    QTRY_COMPARE(bench.keyring->probes, 1);
    bool later = false;
    QMetaObject::invokeMethod(&place, [&later] { later = true; }, Qt::QueuedConnection);
    QTRY_VERIFY(later);
    QVERIFY(place.isHidden());
    QCOMPARE(place.keeping(), TokenKeeping::Keyring);
}

void SettingsTokenPlaceTest::withoutOneTheUserChoosesTheFile()
{
    VaultBench bench;
    bench.noKeyring();
    TokenPlace place(*bench.workspace, m_theme);
    QTRY_VERIFY(!place.isHidden());
    QCOMPARE(place.kind(), NoticeBar::Kind::Warning);
    QVERIFY(place.text().contains(QStringLiteral("No keyring answers")));
    QCOMPARE(place.keeping(), TokenKeeping::Session);
    press(place, kEncrypted);
    PassphraseDialog *dialog = place.dialog();
    QVERIFY(dialog && dialog->task() == PassphraseDialog::Task::Create);
    dialog->next()->edit()->setText(passphrase());
    dialog->again()->edit()->setText(passphrase());
    dialog->acceptButton()->click();
    QTRY_COMPARE_WITH_TIMEOUT(place.keeping(), TokenKeeping::File, kWaitMs);
    QCOMPARE(place.kind(), NoticeBar::Kind::Info);
    QVERIFY(place.text().contains(QStringLiteral("secrets.sealed")));
}

void SettingsTokenPlaceTest::orThisSession()
{
    VaultBench bench;
    bench.noKeyring();
    TokenPlace place(*bench.workspace, m_theme);
    QTRY_VERIFY(buttonOf(place, kSession));
    press(place, kSession);
    QCOMPARE(place.kind(), NoticeBar::Kind::Info);
    QVERIFY(place.text().contains(QStringLiteral("gone when HTTP Tunnel quits")));
    QVERIFY(!buttonOf(place, kSession));
    QVERIFY(buttonOf(place, kEncrypted)); // another mind is possible
    QVERIFY(!bench.vault->file().exists());
}

void SettingsTokenPlaceTest::aRefusalIsTriedAgain()
{
    VaultBench bench;
    bench.refusedKeyring();
    TokenPlace place(*bench.workspace, m_theme);
    QTRY_VERIFY(place.text().contains(QStringLiteral("stays locked")));
    bench.keyring->fault.reset();
    press(place, QStringLiteral("Try again"));
    QTRY_COMPARE(place.keeping(), TokenKeeping::Keyring);
    QVERIFY(place.isHidden());
}

void SettingsTokenPlaceTest::aKeyringThatWaitsIsSaid()
{
    VaultBench bench;
    bench.keyring->silent = true;
    TokenPlace place(*bench.workspace, m_theme);
    QVERIFY(place.isHidden());
    QTRY_VERIFY_WITH_TIMEOUT(place.text().contains(QStringLiteral("waits for you")), kWaitMs);
}

void SettingsTokenPlaceTest::aLockedFileIsUnlocked()
{
    VaultBench bench;
    bench.createFile();
    bench.restart();
    TokenPlace place(*bench.workspace, m_theme);
    QCOMPARE(bench.keyring->probes, 0); // it is not needed
    QCOMPARE(place.kind(), NoticeBar::Kind::Warning);
    QCOMPARE(place.keeping(), TokenKeeping::Session);
    QSignalSpy changed(&place, &TokenPlace::keepingChanged);
    press(place, QStringLiteral("Unlock…"));
    place.dialog()->former()->edit()->setText(passphrase());
    place.dialog()->acceptButton()->click();
    QTRY_COMPARE_WITH_TIMEOUT(place.keeping(), TokenKeeping::File, kWaitMs);
    QCOMPARE(changed.size(), 1);
    press(place, QStringLiteral("Change passphrase…"));
    QTRY_COMPARE(place.dialog()->task(), PassphraseDialog::Task::Change);
}

void SettingsTokenPlaceTest::theFileIsDeletedOnceItIsConfirmed()
{
    VaultBench bench;
    bench.noKeyring();
    bench.createFile();
    bench.restart();
    TokenPlace place(*bench.workspace, m_theme);
    press(place, kDelete);
    QVERIFY(bench.vault->file().exists());
    QVERIFY(place.text().contains(QStringLiteral("cannot be brought back")));
    press(place, QStringLiteral("Keep it"));
    QTRY_VERIFY(buttonOf(place, kDelete));
    press(place, kDelete);
    press(place, QStringLiteral("Delete"));
    QTRY_VERIFY(!bench.vault->file().exists());
    QTRY_VERIFY(place.text().contains(QStringLiteral("No keyring answers")));
}

void SettingsTokenPlaceTest::theFileMovesToTheKeyring()
{
    VaultBench bench;
    bench.createFile();
    bool saved = false;
    bench.vault->write(QStringLiteral("account"), settings::Secret("s3cret"), this,
                       [&](const auto &result) { saved = result.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(saved, kWaitMs);
    TokenPlace place(*bench.workspace, m_theme);
    bench.noKeyring();
    press(place, QStringLiteral("Move to the keyring"));
    QTRY_VERIFY(place.text().contains(QStringLiteral("stays as it is")));
    bench.keyring->fault.reset();
    bench.vault->moveToKeychain(this, [](const auto &) {});
    QTRY_VERIFY(!bench.vault->file().exists());
    QTRY_VERIFY(place.isHidden());
    QCOMPARE(bench.keyring->value(QStringLiteral("account")).reveal(), QByteArray("s3cret"));
}

void SettingsTokenPlaceTest::aTunnelThatWaitedStarts()
{
    auto config = support::quietConfig();
    VaultBench bench;
    support::Home::write(bench.home.folder.filePath(QStringLiteral("tokens")), "right");
    config.auth.tokenFile = bench.home.folder.filePath(QStringLiteral("tokens")).toStdString();
    const support::LoopbackRelay relay(config);
    bench.createFile();
    bool saved = false;
    bench.vault->write(settings::secretAccount(support::urlOf(relay)), settings::Secret("right"), this,
                       [&](const auto &result) { saved = result.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(saved, kWaitMs);
    bench.restart();
    const auto id = bench.workspace->add(support::entryFor(3000, QStringLiteral("shop"), support::urlOf(relay)));
    bench.vault->file().postpone(); // "Go on without them"
    QTRY_COMPARE(bench.workspace->find(*id)->status.phase, client::Phase::Failed);
    TokenPlace place(*bench.workspace, m_theme);
    place.unlock();
    place.dialog()->former()->edit()->setText(passphrase());
    place.dialog()->acceptButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(bench.workspace->find(*id)->online(), kWaitMs);
}

void SettingsTokenPlaceTest::screenshots()
{
    const QSize size(583, 620);
    VaultBench bench;
    settings::Preferences preferences;
    preferences.servers = {{QUrl(QStringLiteral("https://relay.example.com")), QStringLiteral("Work")}};
    QVERIFY(bench.workspace->setPreferences(preferences));
    const auto keep = [&](const char *name, const std::function<void(ui::ServersPage &)> &act) {
        support::keepScreenshots(QLatin1StringView(name), size, [&](ui::Theme &theme) {
            auto page = std::make_unique<ui::ServersPage>(*bench.workspace, theme);
            if (!QTest::qWaitFor([&] { return !page->keyringNotice()->isHidden(); }, kWaitMs))
                qFatal("nothing was said");
            act(*page);
            return page;
        });
    };
    const auto nothing = [](ui::ServersPage &) {};
    bench.noKeyring();
    keep("settings-no-keyring", nothing);
    keep("settings-this-session", [](ui::ServersPage &page) { press(*page.keyringNotice(), kSession); });
    bench.refusedKeyring();
    keep("settings-keyring-refused", nothing);
    bench.keyring->silent = true;
    keep("settings-keyring-waits", nothing);
    bench.createFile();
    keep("settings-file-unlocked", nothing);
    keep("settings-file-delete", [](ui::ServersPage &page) { press(*page.keyringNotice(), kDelete); });
    bench.restart();
    keep("settings-file-locked", nothing);
}

QTEST_MAIN(SettingsTokenPlaceTest)
#include "settings_token_place_test.moc"
