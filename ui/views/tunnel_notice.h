// What is the matter with a tunnel, with the button that mends it: reconnecting (with a countdown), failed,
// paused or stopped. Hidden while all is well. GUI thread.
#pragma once

#include "ui/widgets/notice_bar.h"
#include "workspace/tunnel_info.h"

#include <QElapsedTimer>
#include <QTimer>

#include <optional>

namespace ui {

class TunnelCommands;

class TunnelNotice : public NoticeBar {
    Q_OBJECT
public:
    TunnelNotice(const Theme &theme, TunnelCommands &commands, QWidget *parent = nullptr);

    // Null: nothing is to be said. `named`: nothing else on the screen tells which one it is.
    void setTunnel(const workspace::TunnelInfo *tunnel, bool named = false);
    void setVisible(bool visible) override;

Q_SIGNALS:
    void settingsRequested(const QUrl &server); // whose token mends it
    void renameRequested(const QString &id);
    void shown(bool visible); // for the space around it

private:
    void tellState();
    void tellFailure();
    void count();
    [[nodiscard]] QString what() const;
    [[nodiscard]] qint64 secondsLeft() const;

    TunnelCommands &m_commands;
    std::optional<workspace::TunnelInfo> m_tunnel;
    bool m_named = false;
    QElapsedTimer m_since; // the status came
    QTimer m_second;
};

} // namespace ui
