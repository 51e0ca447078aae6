#include "support/screenshot.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/notice_bar.h"
#include "ui/windows/passphrase_dialog.h"
#include "ui/windows/settings_token_field.h"
#include "vault_bench.h"

#include <QFile>
#include <QLineEdit>
#include <QSignalSpy>

using State = settings::FileSecretStore::State;
using support::VaultBench;
using ui::PassphraseDialog;
using Task = PassphraseDialog::Task;

namespace {

constexpr int kWaitMs = 30'000;

QString passphrase()
{
    return QString::fromLatin1(VaultBench::kPassphrase.data());
}

void type(ui::TokenField *field, const QString &text)
{
    field->edit()->setText(text);
}

} // namespace

class PassphraseDialogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itMakesTheFile();
    void weakAndMistypedOnesAreRefused();
    void itUnlocks();
    void aWrongOneIsToldAndTypedAgain();
    void aDamagedFileIsToldApart();
    void itChangesThePassphrase();
    void anotherWindowMayUnlockToo();
    void theKeyboardIsEnough();
    void screenshots();

private:
    ui::Theme m_theme{*qApp};
};

void PassphraseDialogTest::itMakesTheFile()
{
    VaultBench bench;
    PassphraseDialog dialog(*bench.vault, m_theme, Task::Create);
    QSignalSpy accepted(&dialog, &QDialog::accepted);
    dialog.show();
    QCOMPARE(dialog.former(), nullptr);
    QCOMPARE(dialog.next()->edit()->echoMode(), QLineEdit::Password);
    type(dialog.next(), passphrase());
    type(dialog.again(), passphrase());
    dialog.acceptButton()->click();
    QVERIFY(!dialog.acceptButton()->isEnabled()); // while the key is derived
    dialog.reject();
    QVERIFY(dialog.isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(accepted.size(), 1, kWaitMs);
    QCOMPARE(bench.vault->file().state(), State::Unlocked);
}

void PassphraseDialogTest::weakAndMistypedOnesAreRefused()
{
    VaultBench bench;
    PassphraseDialog dialog(*bench.vault, m_theme, Task::Create);
    dialog.show();
    type(dialog.next(), QStringLiteral("short"));
    dialog.acceptButton()->click();
    QVERIFY(dialog.fault().contains(QStringLiteral("at least 8")));
    type(dialog.next(), passphrase());
    QVERIFY(dialog.fault().isEmpty());
    type(dialog.again(), passphrase() + u'!');
    dialog.acceptButton()->click();
    QVERIFY(dialog.fault().contains(QStringLiteral("differs")));
    QVERIFY(!bench.vault->file().exists());
}

void PassphraseDialogTest::itUnlocks()
{
    VaultBench bench;
    bench.createFile();
    bench.restart();
    PassphraseDialog dialog(*bench.vault, m_theme, Task::Unlock);
    QSignalSpy accepted(&dialog, &QDialog::accepted);
    dialog.show();
    QCOMPARE(dialog.next(), nullptr);
    dialog.acceptButton()->click();
    QVERIFY(!dialog.fault().isEmpty());
    type(dialog.former(), passphrase());
    dialog.acceptButton()->click();
    QTRY_COMPARE_WITH_TIMEOUT(accepted.size(), 1, kWaitMs);
    QCOMPARE(bench.vault->file().state(), State::Unlocked);
}

void PassphraseDialogTest::aWrongOneIsToldAndTypedAgain()
{
    VaultBench bench;
    bench.createFile();
    bench.restart();
    PassphraseDialog dialog(*bench.vault, m_theme, Task::Unlock);
    dialog.show();
    type(dialog.former(), QStringLiteral("Correct Horse"));
    dialog.acceptButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(dialog.fault().contains(QStringLiteral("not the passphrase")), kWaitMs);
    QVERIFY(dialog.acceptButton()->isEnabled());
    QCOMPARE(dialog.former()->edit()->selectedText().size(), 13); // typing replaces it
    QVERIFY(dialog.isVisible());
}

void PassphraseDialogTest::aDamagedFileIsToldApart()
{
    VaultBench bench;
    bench.createFile();
    bench.restart();
    support::Home::write(bench.vault->file().path(), "HTTP Tunnel secrets, version 1\ncut off");
    PassphraseDialog dialog(*bench.vault, m_theme, Task::Unlock);
    dialog.show();
    type(dialog.former(), passphrase());
    dialog.acceptButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(dialog.failure()->isVisible(), kWaitMs);
    QVERIFY(dialog.failure()->text().contains(QStringLiteral("damaged")));
    QVERIFY(dialog.fault().isEmpty());
}

void PassphraseDialogTest::itChangesThePassphrase()
{
    VaultBench bench;
    bench.createFile();
    PassphraseDialog dialog(*bench.vault, m_theme, Task::Change);
    QSignalSpy accepted(&dialog, &QDialog::accepted);
    dialog.show();
    type(dialog.former(), QStringLiteral("not this one"));
    type(dialog.next(), QStringLiteral("another passphrase"));
    type(dialog.again(), QStringLiteral("another passphrase"));
    dialog.acceptButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(dialog.fault().contains(QStringLiteral("not the passphrase")), kWaitMs);
    type(dialog.former(), passphrase());
    dialog.acceptButton()->click();
    QTRY_COMPARE_WITH_TIMEOUT(accepted.size(), 1, kWaitMs);
}

void PassphraseDialogTest::anotherWindowMayUnlockToo()
{
    VaultBench bench;
    bench.createFile();
    bench.restart();
    PassphraseDialog dialog(*bench.vault, m_theme, Task::Unlock);
    QSignalSpy accepted(&dialog, &QDialog::accepted);
    dialog.show();
    bench.vault->unlock(settings::WipedBytes(VaultBench::kPassphrase), this, [](const auto &) {});
    QTRY_COMPARE_WITH_TIMEOUT(accepted.size(), 1, kWaitMs);
}

void PassphraseDialogTest::theKeyboardIsEnough()
{
    VaultBench bench;
    bench.createFile();
    bench.restart();
    PassphraseDialog dialog(*bench.vault, m_theme, Task::Unlock);
    QSignalSpy accepted(&dialog, &QDialog::accepted);
    QSignalSpy rejected(&dialog, &QDialog::rejected);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    QVERIFY(dialog.former()->edit()->hasFocus());
    QCOMPARE(dialog.former()->edit()->accessibleName(), QStringLiteral("Passphrase"));
    PassphraseDialog change(*bench.vault, m_theme, Task::Change);
    change.show();
    QVERIFY(QTest::qWaitForWindowActive(&change));
    QTest::keyClick(change.focusWidget(), Qt::Key_A, Qt::AltModifier); // "The same &again"
    QVERIFY(change.again()->edit()->hasFocus());
    change.hide();
    QTest::keyClick(dialog.former()->edit(), Qt::Key_Escape);
    QCOMPARE(rejected.size(), 1);
    dialog.show();
    QTest::keyClicks(dialog.former()->edit(), passphrase());
    QTest::keyClick(dialog.former()->edit(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(accepted.size(), 1, kWaitMs);
}

void PassphraseDialogTest::screenshots()
{
    VaultBench bench;
    support::keepScreenshots(QStringLiteral("passphrase-create"), QSize(460, 420), [&](ui::Theme &theme) {
        auto dialog = std::make_unique<PassphraseDialog>(*bench.vault, theme, Task::Create);
        type(dialog->next(), passphrase());
        type(dialog->again(), QStringLiteral("correct"));
        dialog->acceptButton()->click();
        return dialog;
    });
    bench.createFile();
    support::keepScreenshots(QStringLiteral("passphrase-change"), QSize(460, 460), [&](ui::Theme &theme) {
        return std::make_unique<PassphraseDialog>(*bench.vault, theme, Task::Change);
    });
    bench.restart();
    support::keepScreenshots(QStringLiteral("passphrase-unlock"), QSize(460, 280), [&](ui::Theme &theme) {
        auto dialog = std::make_unique<PassphraseDialog>(*bench.vault, theme, Task::Unlock);
        type(dialog->former(), QStringLiteral("Correct Horse"));
        dialog->acceptButton()->click();
        if (!QTest::qWaitFor([&] { return !dialog->fault().isEmpty(); }, kWaitMs))
            qFatal("nothing was said");
        return dialog;
    });
}

QTEST_MAIN(PassphraseDialogTest)
#include "passphrase_dialog_test.moc"
