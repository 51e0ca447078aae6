// The header of the chosen tunnel: name, state, where it leads, its public URL with copy, open and QR code, and the
// buttons that pause, stop, edit it and more. GUI thread.
#pragma once

#include "ui/theme/theme.h"
#include "workspace/tunnel_info.h"

#include <QWidget>

namespace ui {

class AccessBar;
class BadgeLabel;
class ElidedLabel;
class IconButton;
class TunnelCommands;
class UrlBar;

class TunnelStrip : public QWidget {
    Q_OBJECT
public:
    TunnelStrip(const Theme &theme, TunnelCommands &commands, QWidget *parent = nullptr);

    void setTunnel(const workspace::TunnelInfo &tunnel);
    [[nodiscard]] UrlBar *urlBar() const { return m_url; }
    [[nodiscard]] AccessBar *accessBar() const { return m_access; }

private:
    void build();
    void refresh();
    void showMore();

    const Theme &m_theme;
    TunnelCommands &m_commands;
    workspace::TunnelInfo m_tunnel;
    ElidedLabel *m_name;
    BadgeLabel *m_badge;
    ElidedLabel *m_target;
    UrlBar *m_url;
    ElidedLabel *m_limits;
    AccessBar *m_access;
    IconButton *m_pause;
    IconButton *m_run;
    IconButton *m_edit;
    IconButton *m_more;
};

} // namespace ui
