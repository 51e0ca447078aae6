// One server in the settings: its address, its token, a test of the connection. Saves tokens in the SecretStore and
// nowhere else; the text leaves the field as soon as it is saved. GUI thread; the workspace is borrowed.
#pragma once

#include "settings/pasted_server.h"
#include "settings/preferences.h"
#include "settings/token_expiry.h"
#include "ui/theme/theme.h"
#include "ui/windows/settings_token_place.h"
#include "workspace/workspace.h"

#include <QFrame>

#include <optional>

class QLabel;
class QPushButton;

namespace ui {

class BadgeLabel;
class FieldRow;
class IconButton;
class NoticeBar;
class TokenField;

class ServerCard : public QFrame {
    Q_OBJECT
public:
    ServerCard(workspace::Workspace &workspace, const Theme &theme, const settings::Server &server,
               QWidget *parent = nullptr);

    [[nodiscard]] const settings::Server &server() const { return m_server; }
    // Where tokens are kept, for the words.
    void setKeeping(TokenKeeping keeping);
    // Why the server refused the token of its tunnels; empty: it did not, as far as is known.
    void setRefusal(const QString &reason);
    void reread(); // whether a token is saved, and how long it holds
    void fill(const settings::PastedServer &pasted); // the token of it
    void paste(); // from the clipboard
    void keep(const settings::Secret &token); // saves it
    // Tunnels go through it: it cannot be removed while some do.
    void setUsers(const QStringList &tunnels);
    void focusToken();

    [[nodiscard]] TokenField *tokenField() const { return m_token; }
    [[nodiscard]] QPushButton *saveButton() const { return m_save; }
    [[nodiscard]] QPushButton *forgetButton() const { return m_forget; }
    [[nodiscard]] QPushButton *testButton() const { return m_test; }
    [[nodiscard]] QPushButton *pasteButton() const { return m_paste; }
    [[nodiscard]] BadgeLabel *expiryBadge() const { return m_expiry; } // hidden while there is time
    [[nodiscard]] IconButton *removeButton() const { return m_remove; }
    [[nodiscard]] NoticeBar *outcome() const { return m_outcome; }
    [[nodiscard]] QString tokenState() const; // the line below the field

Q_SIGNALS:
    void removeRequested(const settings::Server &server);

private:
    void build(const Theme &theme);
    void connectButtons();
    void refresh();
    void refreshExpiry();
    [[nodiscard]] QString savedText() const;
    void save();
    void forget();
    void test();
    void onTested(const wire::Result<QString> &outcome);
    void tell(const wire::Result<> &result, const QString &success);
    [[nodiscard]] QString account() const { return settings::secretAccount(m_server.url); }

    workspace::Workspace &m_workspace;
    const Theme &m_theme;
    settings::Server m_server;
    bool m_saved = false;
    TokenKeeping m_keeping = TokenKeeping::Keyring;
    QString m_refusal;
    std::optional<settings::TokenTime> m_expires; // of the saved token
    QString m_readFault; // why nobody knows whether a token is saved
    QLabel *m_users;
    TokenField *m_token;
    FieldRow *m_row;
    BadgeLabel *m_expiry;
    QPushButton *m_save;
    QPushButton *m_paste;
    QPushButton *m_forget;
    QPushButton *m_test;
    IconButton *m_remove;
    NoticeBar *m_outcome;
};

// For people: its label, else its host.
[[nodiscard]] QString serverTitle(const settings::Server &server);

} // namespace ui
