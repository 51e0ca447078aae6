// Where the window and its panes stand: kept in WindowState from run to run, and the details beside the list or, in a
// narrow window, below it. GUI thread; borrows the window's parts.
#pragma once

#include "settings/window_state.h"
#include "workspace/workspace.h"

class QMainWindow;

namespace ui {

struct MainWindowParts;

class MainWindowPlaces {
public:
    MainWindowPlaces(QMainWindow &window, MainWindowParts &parts, workspace::Workspace &workspace,
                     settings::WindowState &state);

    void restore();
    void chooseTunnel(); // the one that was chosen the last time, or the only one
    void save();
    void arrange(); // after the window's width changed

private:
    [[nodiscard]] bool isBelow() const;

    QMainWindow &m_window;
    MainWindowParts &m_parts;
    workspace::Workspace &m_workspace;
    settings::WindowState &m_state;
};

} // namespace ui
