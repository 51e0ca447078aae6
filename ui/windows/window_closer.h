// What closing the main window means: it goes to the tray and the tunnels stay open, or, where there is no tray or the
// user wants it so, the program ends. Said inside the window before it happens for the first time, and before tunnels
// are stopped by it. GUI thread; watches the window, owns nothing.
#pragma once

#include "workspace/workspace.h"

#include <QObject>

#include <functional>

namespace ui {

class MainWindow;
class NoticeBar;

class WindowCloser : public QObject {
    Q_OBJECT
public:
    WindowCloser(MainWindow &window, workspace::Workspace &workspace, std::function<bool()> trayAvailable,
                 QObject *parent = nullptr);

    [[nodiscard]] NoticeBar *notice() const; // null while nothing is said

Q_SIGNALS:
    void quitRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] bool staysInTray() const;
    void hideWindow();
    void explainTray();
    void explainQuit();
    NoticeBar *say(const QString &text);
    void takeBack();

    MainWindow &m_window;
    workspace::Workspace &m_workspace;
    std::function<bool()> m_trayAvailable;
};

} // namespace ui
