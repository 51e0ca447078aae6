#include "ui/views/tunnel_strip.h"

#include "ui/text/status_text.h"
#include "ui/theme/metrics.h"
#include "ui/views/access_bar.h"
#include "ui/views/labels.h"
#include "ui/views/tunnel_commands.h"
#include "ui/widgets/badge_label.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/url_bar.h"
#include "workspace/limits_text.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QVBoxLayout>

namespace ui {

TunnelStrip::TunnelStrip(const Theme &theme, TunnelCommands &commands, QWidget *parent)
    : QWidget(parent),
      m_theme(theme),
      m_commands(commands),
      m_name(new ElidedLabel({}, this)),
      m_badge(new BadgeLabel(theme, this)),
      m_target(new ElidedLabel({}, this)),
      m_url(new UrlBar(
          theme, [this](const QUrl & /*url*/) { m_commands.open(m_tunnel.id); }, this)),
      m_limits(new ElidedLabel({}, this)),
      m_access(new AccessBar(theme, commands, this)),
      m_pause(new IconButton(theme, Glyph::Pause, tr("Pause"), this)),
      m_run(new IconButton(theme, Glyph::Stop, tr("Stop"), this)),
      m_edit(new IconButton(theme, Glyph::Edit, tr("Edit tunnel"), this)),
      m_more(new IconButton(theme, Glyph::More, tr("More"), this))
{
    build();
    connect(m_pause, &QToolButton::clicked, this,
            [this] { m_commands.setPaused(m_tunnel.id, !m_tunnel.status.paused); });
    connect(m_run, &QToolButton::clicked, this, [this] {
        if (m_tunnel.running())
            m_commands.stop(m_tunnel.id);
        else
            m_commands.start(m_tunnel.id);
    });
    connect(m_edit, &QToolButton::clicked, this, [this] { m_commands.edit(m_tunnel.id); });
    connect(m_more, &QToolButton::clicked, this, [this] { showMore(); });
    connect(&theme, &Theme::changed, this, [this] { refresh(); });
}

void TunnelStrip::build()
{
    makeTitle(*m_name);
    m_target->setProperty("kind", QStringLiteral("muted"));
    m_target->setMinimumWidth(1); // the first to give way
    makeNote(*m_limits, m_theme);
    m_limits->setElideMode(Qt::ElideRight);
    m_limits->setMinimumWidth(1);
    m_limits->hide();
    auto *first = new QHBoxLayout;
    first->setSpacing(kGap);
    first->addWidget(m_name);
    first->addWidget(m_badge);
    first->addWidget(m_target, 1);
    for (auto *button : {m_pause, m_run, m_edit, m_more})
        first->addWidget(button);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPad, kGap, kPad, kPad);
    layout->setSpacing(kGap);
    layout->addLayout(first);
    layout->addWidget(m_url);
    layout->addWidget(m_limits);
    layout->addWidget(m_access);
}

void TunnelStrip::setTunnel(const workspace::TunnelInfo &tunnel)
{
    m_tunnel = tunnel;
    refresh();
}

void TunnelStrip::refresh()
{
    m_name->setText(titleOf(m_tunnel));
    m_badge->setBadge(badgeOf(m_tunnel.status, m_theme.colors()));
    m_target->setText(tr("to %1").arg(targetText(m_tunnel.entry)));
    m_url->setUrl(m_tunnel.publicUrl);
    m_access->setTunnel(m_tunnel);
    const auto limits =
        m_tunnel.online() && !m_tunnel.onEmbeddedRelay() ? workspace::limitsText(m_tunnel.status) : QString();
    m_limits->setText(tr("The server lets through %1").arg(limits));
    m_limits->setVisible(!limits.isEmpty());
    const bool failed = m_tunnel.status.phase == client::Phase::Failed;
    m_url->setPlaceholder(failed               ? tr("No address until this is mended")
                          : m_tunnel.running() ? tr("Waiting for the server to give an address…")
                                               : tr("It gets an address when it is started."));
    const bool paused = m_tunnel.status.paused;
    m_pause->setVisible(m_tunnel.online());
    m_pause->setGlyph(paused ? Glyph::Play : Glyph::Pause);
    m_pause->setName(paused ? tr("Resume") : tr("Pause: visitors get 503, the URL stays"));
    m_run->setGlyph(m_tunnel.running() ? Glyph::Stop : Glyph::Play);
    m_run->setName(m_tunnel.running() ? tr("Stop") : tr("Start"));
}

void TunnelStrip::showMore()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_commands.fillMenu(*menu, m_tunnel.id);
    menu->popup(m_more->mapToGlobal(QPoint(m_more->width() - menu->sizeHint().width(), m_more->height())));
}

} // namespace ui
