// The menu of the tray: each tunnel with what can be done to it, then what concerns all. Made anew when something
// changed, but never under the user's hand. GUI thread; the workspace is borrowed.
#pragma once

#include "ui/theme/theme.h"
#include "workspace/workspace.h"

#include <QMenu>
#include <QStringList>
#include <QTimer>
#include <QUrl>

#include <functional>

namespace ui {

class TrayMenu : public QMenu {
    Q_OBJECT
public:
    TrayMenu(workspace::Workspace &workspace, const Theme &theme, QWidget *parent = nullptr);

Q_SIGNALS:
    void exposeRequested();
    void windowRequested();
    void settingsRequested();
    void quitRequested();
    void inspectRequested(const QString &id);
    void openUrlRequested(const QUrl &url);

private:
    void refreshSoon();
    void refresh();
    [[nodiscard]] QStringList shownState() const;
    void addTunnel(const workspace::TunnelInfo &tunnel);
    void addRunActions(QMenu &menu, const workspace::TunnelInfo &tunnel);
    void addCommon();
    QAction *add(QMenu &menu, Glyph glyph, const QString &text, const std::function<void()> &act);

    workspace::Workspace &m_workspace;
    const Theme &m_theme;
    QStringList m_shown;
    QTimer m_soon; // many changes, one menu
};

} // namespace ui
