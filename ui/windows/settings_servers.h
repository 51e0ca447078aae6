// The page of servers: where tunnels get their public address beside the embedded relay, and the tokens for them. Shows
// those that the user added and those that only tunnels.toml names. GUI thread; the workspace is borrowed.
#pragma once

#include "ui/windows/settings_server_card.h"

#include <QWidget>

#include <optional>

class QVBoxLayout;

namespace ui {

class EmptyState;
class ServerForm;

class ServersPage : public QWidget {
    Q_OBJECT
public:
    ServersPage(workspace::Workspace &workspace, const Theme &theme, QWidget *parent = nullptr);

    void beginAdding();
    void showServer(const QUrl &server); // its token field gets the focus; adds nothing
    bool undoRemove();

    [[nodiscard]] QList<ServerCard *> cards() const { return m_cards; }
    [[nodiscard]] ServerForm *form() const { return m_form; }
    [[nodiscard]] QPushButton *addButton() const { return m_add; }
    [[nodiscard]] QPushButton *pasteButton() const { return m_paste; }
    [[nodiscard]] TokenPlace *keyringNotice() const { return m_place; }
    void paste(); // from the clipboard, into the server's card, or the form of a new one

Q_SIGNALS:
    void removed(const QString &title); // undoRemove() brings it back
    void failed(const QString &sentence);
    void cardShown(QWidget *card); // scroll there

private:
    struct Removed {
        qsizetype index;
        settings::Server server;
        settings::Secret token;
    };

    void build(const Theme &theme);
    void adaptToKeeping();
    void rebuild();
    void adapt();
    void refreshUsers();
    void add(const settings::Server &server, const settings::Secret &token);
    [[nodiscard]] ServerCard *cardOf(const QUrl &server) const; // null: none
    [[nodiscard]] QString refusalOf(const QUrl &server) const;
    void remove(const settings::Server &server);
    void finishRemove(const settings::Server &server, const settings::Secret &token);
    bool save(const QList<settings::Server> &servers);
    void showForm(bool shown);
    [[nodiscard]] QList<settings::Server> shownServers() const;
    [[nodiscard]] QStringList usersOf(const QUrl &server) const;
    [[nodiscard]] QString addFault(const QUrl &server) const;

    workspace::Workspace &m_workspace;
    const Theme &m_theme;
    TokenPlace *m_place;
    EmptyState *m_empty;
    ServerForm *m_form;
    QPushButton *m_add;
    QPushButton *m_paste;
    NoticeBar *m_outcome; // of a paste
    QVBoxLayout *m_column = nullptr;
    QList<ServerCard *> m_cards;
    std::optional<Removed> m_removed;
};

} // namespace ui
