// Asks whether a visitor may come in, one after the other, while their requests wait. Hidden while nobody does. GUI
// thread; the workspace is borrowed.
#pragma once

#include "ui/widgets/notice_bar.h"
#include "workspace/workspace.h"

namespace ui {

class VisitorBar : public NoticeBar {
    Q_OBJECT
public:
    VisitorBar(const Theme &theme, workspace::Workspace &workspace, QWidget *parent = nullptr);

    [[nodiscard]] QPushButton *letButton() const { return m_let; }
    [[nodiscard]] QPushButton *refuseButton() const { return m_refuse; }

private:
    void refresh();
    void answer(bool let);

    workspace::Workspace &m_workspace;
    client::VisitorQuestion m_shown; // what the buttons answer: not one that came to be first since
    QPushButton *m_let;
    QPushButton *m_refuse;
};

// "192.0.2.1 wants to reach shop (curl/8)."
[[nodiscard]] QString questionText(const workspace::Workspace &workspace, const client::VisitorQuestion &question);

} // namespace ui
