// What the user can do with a tunnel, for menus and buttons alike: calls the workspace, and tells by signals what is for
// the window to do. GUI thread; the workspace is borrowed.
#pragma once

#include "ui/theme/theme.h"
#include "workspace/workspace.h"

#include <QObject>
#include <QUrl>

class QMenu;

namespace ui {

class TunnelCommands : public QObject {
    Q_OBJECT
public:
    TunnelCommands(workspace::Workspace &workspace, const Theme &theme, QObject *parent = nullptr);

    void copyUrl(const QString &id);
    void open(const QString &id);
    void setPaused(const QString &id, bool paused);
    void start(const QString &id);
    void stop(const QString &id);
    void reconnect(const QString &id);
    void edit(const QString &id);
    void duplicate(const QString &id);
    // The same name through another server (empty: the built-in relay): open here, it closes and opens there. What the
    // other server says against it is shown as for any tunnel; it can be moved back then. Not with a token file, which
    // is for one server.
    void moveTo(const QString &id, const QUrl &server);
    void remove(const QString &id);
    // Lets in only who has a drawn password; protectedWith() tells it, this once.
    void protect(const QString &id);

    // Those that apply to it now.
    void fillMenu(QMenu &menu, const QString &id);

Q_SIGNALS:
    void copied(const QString &text);
    void openUrlRequested(const QUrl &url);
    void editRequested(const QString &id);
    void duplicated(const QString &id);
    void removed(const QString &name); // undoRemove() brings it back
    void protectedWith(const QString &id, const QString &user, const QString &password);
    void failed(const QString &sentence);

private:
    void addLogin(const QString &id, const guard::Login &login, const QString &password);
    void addRunActions(QMenu &menu, const workspace::TunnelInfo &tunnel);
    void addMoves(QMenu &menu, const workspace::TunnelInfo &tunnel);
    [[nodiscard]] QList<settings::Server> otherServers(const workspace::TunnelInfo &tunnel) const;

    workspace::Workspace &m_workspace;
    const Theme &m_theme;
};

} // namespace ui
