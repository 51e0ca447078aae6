#include "ui/windows/settings_token_place.h"

#include "ui/text/status_text.h"
#include "wire/limits.h"

#include <QDir>
#include <QPushButton>

#include <utility>

namespace ui {

using settings::FileSecretStore;
using State = FileSecretStore::State;
using Task = PassphraseDialog::Task;

TokenPlace::TokenPlace(workspace::Workspace &workspace, const Theme &theme, QWidget *parent)
    : NoticeBar(theme, parent), m_workspace(workspace), m_theme(theme)
{
    setDismissible(false);
    setButtonsBelow();
    m_slow.setSingleShot(true);
    m_slow.setInterval(std::chrono::milliseconds(wire::kKeyringSlow));
    connect(&m_slow, &QTimer::timeout, this, &TokenPlace::refresh);
    if (vault())
        connect(&vault()->file(), &FileSecretStore::stateChanged, this, &TokenPlace::look);
    look();
}

// The keyring only where it matters: a locked one asks its user.
void TokenPlace::look()
{
    m_probed.reset();
    m_slow.stop();
    if (vault() && vault()->file().exists())
        return refresh();
    m_slow.start();
    const auto done = [this](const wire::Result<> &works) { onProbed(works); };
    if (vault())
        vault()->probeKeychain(this, done);
    else
        m_workspace.secrets().probe(this, done);
    refresh();
}

void TokenPlace::onProbed(const wire::Result<> &works)
{
    m_slow.stop();
    m_probed = works;
    refresh();
}

void TokenPlace::setKeeping(TokenKeeping keeping)
{
    if (std::exchange(m_keeping, keeping) != keeping)
        Q_EMIT keepingChanged();
}

void TokenPlace::refresh()
{
    clear();
    clearButtons();
    if (vault() && vault()->file().exists())
        return tellFile(vault()->file().state());
    if (m_probed && !*m_probed)
        return tellNoKeyring();
    setKeeping(TokenKeeping::Keyring);
    if (!m_probed && !m_slow.isActive())
        tell(Kind::Info, tr("The keyring waits for you: answer its window, which asks for a password."));
}

void TokenPlace::tellFile(State state)
{
    const QString name = QDir(vault()->file().path()).dirName();
    if (state == State::Unlocked) {
        setKeeping(TokenKeeping::File);
        tell(Kind::Info,
             tr("Tokens are kept in the encrypted file %1, which is unlocked until HTTP Tunnel quits.").arg(name));
        button(tr("Change passphrase…"), [this] { ask(Task::Change); });
        button(tr("Move to the keyring"), [this] { moveToKeyring(); });
    } else {
        setKeeping(TokenKeeping::Session);
        tell(Kind::Warning, tr("The encrypted file with your tokens, %1, is locked. What you save now lasts until HTTP "
                               "Tunnel quits.")
                                .arg(name));
        button(tr("Unlock…"), [this] { ask(Task::Unlock); });
    }
    button(tr("Delete the file…"), [this] { askToDelete(); });
}

void TokenPlace::tellNoKeyring()
{
    setKeeping(TokenKeeping::Session);
    if (m_sessionChosen) {
        tell(Kind::Info, tr("Tokens are kept in memory only: they are gone when HTTP Tunnel quits."));
    } else {
        const QString why = sentence(m_probed->error());
        tell(Kind::Warning, vault()
                                ? tr("%1. Until then tokens are gone when HTTP Tunnel quits, unless you keep them in "
                                     "a file that a passphrase encrypts.")
                                      .arg(why)
                                : why);
    }
    if (!vault())
        return;
    button(tr("Keep them in an encrypted file…"), [this] { ask(Task::Create); });
    if (m_sessionChosen)
        return;
    button(tr("This session only"), [this] {
        m_sessionChosen = true;
        refresh();
    });
    button(tr("Try again"), [this] { look(); });
}

void TokenPlace::askToDelete()
{
    clearButtons();
    tell(Kind::Error, tr("Delete the file with your tokens? They cannot be brought back."));
    button(tr("Delete"), [this] {
        vault()->file().forget(this, [this](const wire::Result<> &deleted) {
            if (!deleted)
                tell(Kind::Error, sentence(deleted.error()) + u'.');
        });
    });
    button(tr("Keep it"), [this] { refresh(); });
}

void TokenPlace::moveToKeyring()
{
    vault()->moveToKeychain(this, [this](const wire::Result<> &moved) {
        if (!moved)
            tell(Kind::Error, tr("The file stays as it is: %1.").arg(sentence(moved.error())));
    });
}

void TokenPlace::unlock()
{
    if (vault() && vault()->file().exists() && vault()->file().state() != State::Unlocked)
        ask(Task::Unlock);
}

void TokenPlace::ask(Task task)
{
    if (m_dialog && m_dialog->task() != task)
        m_dialog->reject();
    if (m_dialog && m_dialog->isHidden())
        m_dialog.clear(); // it deletes itself
    if (!m_dialog) {
        m_dialog = new PassphraseDialog(*vault(), m_theme, task, window());
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_dialog, &QDialog::accepted, &m_workspace, &workspace::Workspace::tokensChanged);
    }
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

void TokenPlace::button(const QString &text, const std::function<void()> &act)
{
    connect(addButton(text), &QPushButton::clicked, this, act);
}

} // namespace ui
