// The program in the tray: an icon whose shape is the state of all tunnels, their menu, and notifications. Where there
// is no tray it shows nothing and waits for one. GUI thread; the workspace is borrowed.
#pragma once

#include "ui/theme/theme.h"
#include "ui/windows/tray_news.h"
#include "workspace/workspace.h"

#include <QObject>
#include <QSystemTrayIcon>
#include <QTimer>
#include <QUrl>

#include <memory>

namespace ui {

class TrayMenu;

class TrayIcon : public QObject {
    Q_OBJECT
public:
    TrayIcon(workspace::Workspace &workspace, const Theme &theme, QObject *parent = nullptr);
    ~TrayIcon() override;

    [[nodiscard]] bool isAvailable() const { return m_available; }
    // One notification, if the user wants any; `tunnelId` (may be empty) is what a click on it opens.
    void notify(const QString &title, const QString &text, const QString &tunnelId);

    [[nodiscard]] TrayMenu *menu() const { return m_menu.get(); }
    [[nodiscard]] QSystemTrayIcon &icon() { return m_icon; }

Q_SIGNALS:
    void availableChanged(bool available); // a tray came or went
    void windowRequested();
    void exposeRequested();
    void settingsRequested();
    void quitRequested();
    void inspectRequested(const QString &id); // empty: all
    void openUrlRequested(const QUrl &url);
    void notified(const QString &title, const QString &text); // as it was shown

private:
    void connectMenu();
    void refresh();
    void refreshTooltip();
    void probe();

    workspace::Workspace &m_workspace;
    std::unique_ptr<TrayMenu> m_menu;
    QSystemTrayIcon m_icon;
    TrayNews m_news;
    QTimer m_probe;
    QTimer m_soon;
    QString m_notifiedId;
    bool m_available;
};

} // namespace ui
