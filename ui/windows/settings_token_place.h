// Says where tokens are kept and lets the user choose: the keyring of the desktop, an encrypted file where there is none,
// or this session's memory. Hidden while the keyring works and there is nothing to choose. GUI thread; the workspace is
// borrowed.
#pragma once

#include "ui/widgets/notice_bar.h"
#include "ui/windows/passphrase_dialog.h"
#include "workspace/workspace.h"

#include <QPointer>
#include <QTimer>

#include <cstdint>
#include <functional>
#include <optional>

namespace ui {

enum class TokenKeeping : std::uint8_t { Keyring, File, Session };

class TokenPlace : public NoticeBar {
    Q_OBJECT
public:
    TokenPlace(workspace::Workspace &workspace, const Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] TokenKeeping keeping() const { return m_keeping; }
    void look(); // asks the keyring again
    void unlock(); // asks for the passphrase of a file that is locked
    [[nodiscard]] PassphraseDialog *dialog() const { return m_dialog; } // the one that is open

Q_SIGNALS:
    void keepingChanged();

private:
    void onProbed(const wire::Result<> &works);
    void refresh();
    void tellFile(settings::FileSecretStore::State state);
    void tellNoKeyring();
    void askToDelete();
    void moveToKeyring();
    void ask(PassphraseDialog::Task task);
    void button(const QString &text, const std::function<void()> &act);
    void setKeeping(TokenKeeping keeping);
    [[nodiscard]] settings::SecretVault *vault() { return m_workspace.vault(); }

    workspace::Workspace &m_workspace;
    const Theme &m_theme;
    TokenKeeping m_keeping = TokenKeeping::Keyring;
    std::optional<wire::Result<>> m_probed; // the keyring; nothing while it is asked
    bool m_sessionChosen = false; // the user has read that tokens end with the program
    QTimer m_slow;
    QPointer<PassphraseDialog> m_dialog;
};

} // namespace ui
