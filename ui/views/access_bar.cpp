#include "ui/views/access_bar.h"

#include "ui/text/access_text.h"
#include "ui/theme/metrics.h"
#include "ui/views/password_notice.h"
#include "ui/views/tunnel_commands.h"
#include "ui/widgets/badge_row.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

AccessBar::AccessBar(const Theme &theme, TunnelCommands &commands, QWidget *parent)
    : QWidget(parent),
      m_theme(theme),
      m_commands(commands),
      m_badges(new BadgeRow(theme)),
      m_protect(new QPushButton(tr("Protect with a password"))),
      m_password(new PasswordNotice(theme))
{
    build();
    connect(m_protect, &QPushButton::clicked, this, [this] {
        m_protect->setEnabled(false); // until its rules are others
        m_commands.protect(m_id);
    });
    connect(&commands, &TunnelCommands::protectedWith, this,
            [this](const QString &id, const QString &user, const QString &password) {
                if (id == m_id)
                    m_password->reveal(user, password);
            });
    connect(&commands, &TunnelCommands::failed, this, [this] { refresh(); });
    connect(&theme, &Theme::changed, this, [this] { refresh(); });
    refresh();
}

void AccessBar::build()
{
    auto *line = new QHBoxLayout;
    line->setSpacing(kGap);
    line->addWidget(m_badges, 1);
    line->addWidget(m_protect);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    layout->addLayout(line);
    layout->addWidget(m_password);
}

void AccessBar::setTunnel(const workspace::TunnelInfo &tunnel)
{
    const bool another = tunnel.id != m_id;
    if (!another && tunnel.entry.access == m_access)
        return;
    if (another)
        m_password->forget();
    m_id = tunnel.id;
    m_access = tunnel.entry.access;
    refresh();
}

void AccessBar::refresh()
{
    const auto badges = accessBadges(m_access, m_theme.colors());
    m_badges->setBadges(badges, spokenBadges(badges));
    m_protect->setVisible(m_access.rules.publicToEveryone());
    m_protect->setEnabled(true);
}

} // namespace ui
