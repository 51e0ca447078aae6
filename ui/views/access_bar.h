// Who may reach the chosen tunnel, as badges; one that is public to everyone has a button that protects it with a drawn
// password, which is shown once. GUI thread.
#pragma once

#include "ui/theme/theme.h"
#include "workspace/tunnel_info.h"

#include <QWidget>

class QPushButton;

namespace ui {

class BadgeRow;
class PasswordNotice;
class TunnelCommands;

class AccessBar : public QWidget {
    Q_OBJECT
public:
    AccessBar(const Theme &theme, TunnelCommands &commands, QWidget *parent = nullptr);

    void setTunnel(const workspace::TunnelInfo &tunnel);
    [[nodiscard]] BadgeRow *badges() const { return m_badges; }
    [[nodiscard]] QPushButton *protectButton() const { return m_protect; }
    [[nodiscard]] PasswordNotice *password() const { return m_password; }

private:
    void build();
    void refresh();

    const Theme &m_theme;
    TunnelCommands &m_commands;
    QString m_id;
    settings::AccessEntry m_access;
    BadgeRow *m_badges;
    QPushButton *m_protect;
    PasswordNotice *m_password;
};

} // namespace ui
