#include "ui/views/tunnel_notice.h"

#include "ui/models/tunnel_model.h"
#include "ui/text/status_text.h"
#include "ui/views/tunnel_commands.h"

#include <QPushButton>

#include <chrono>

namespace ui {

namespace {

using client::Phase;

} // namespace

TunnelNotice::TunnelNotice(const Theme &theme, TunnelCommands &commands, QWidget *parent)
    : NoticeBar(theme, parent), m_commands(commands)
{
    setDismissible(false);
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, [this] { count(); });
}

void TunnelNotice::setTunnel(const workspace::TunnelInfo *tunnel, bool named)
{
    if (tunnel && m_tunnel && named == m_named && looksTheSame(*tunnel, *m_tunnel))
        return;
    m_named = named;
    m_tunnel = tunnel ? std::optional(*tunnel) : std::nullopt;
    m_since.start();
    m_second.stop();
    clear();
    clearButtons();
    if (m_tunnel)
        tellState();
}

void TunnelNotice::setVisible(bool visible)
{
    NoticeBar::setVisible(visible);
    Q_EMIT shown(visible);
}

void TunnelNotice::tellState()
{
    const QString id = m_tunnel->id;
    const auto button = [&](const QString &text, const std::function<void()> &act) {
        connect(addButton(text), &QPushButton::clicked, this, act);
    };
    switch (m_tunnel->status.phase) {
    case Phase::Reconnecting:
        button(tr("Retry now"), [this, id] { m_commands.reconnect(id); });
        m_second.start();
        return count();
    case Phase::Failed: return tellFailure();
    case Phase::Online:
        if (!m_tunnel->status.paused)
            return;
        button(tr("Resume"), [this, id] { m_commands.setPaused(id, false); });
        return tell(Kind::Info, tr("Paused: visitors get “503 Service Unavailable”, and nothing reaches %1.")
                                    .arg(targetText(m_tunnel->entry)));
    case Phase::Stopped:
    case Phase::Idle:
        button(tr("Start"), [this, id] { m_commands.start(id); });
        return tell(Kind::Info, tr("Stopped: nobody reaches %1 through it.").arg(targetText(m_tunnel->entry)));
    case Phase::Connecting: return;
    }
}

void TunnelNotice::tellFailure()
{
    const QString id = m_tunnel->id;
    const auto code = m_tunnel->status.reason.code;
    if (code == wire::Code::Unauthorized || code == wire::Code::Forbidden)
        connect(addButton(tr("Open settings")), &QPushButton::clicked, this,
                [this, server = m_tunnel->entry.server] { Q_EMIT settingsRequested(server); });
    if (code == wire::Code::NameTaken || code == wire::Code::Forbidden)
        connect(addButton(tr("Rename")), &QPushButton::clicked, this, [this, id] { Q_EMIT renameRequested(id); });
    connect(addButton(tr("Try again")), &QPushButton::clicked, this, [this, id] { m_commands.reconnect(id); });
    tell(Kind::Error, what());
}

QString TunnelNotice::what() const
{
    const QString text = explanation(*m_tunnel);
    return m_named ? tr("%1: %2").arg(titleOf(*m_tunnel), text) : text;
}

qint64 TunnelNotice::secondsLeft() const
{
    return (m_tunnel->status.nextAttemptMs - m_since.elapsed() + 999) / 1000;
}

void TunnelNotice::count()
{
    if (!m_tunnel)
        return;
    const auto left = secondsLeft();
    const QString next = left > 0 ? tr("Next attempt in %1 s.").arg(left) : tr("Trying again now.");
    tell(Kind::Warning, what() + u' ' + next);
}

} // namespace ui
