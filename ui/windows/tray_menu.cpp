#include "ui/windows/tray_menu.h"

#include "ui/text/status_text.h"
#include "ui/windows/tray_text.h"

#include <QClipboard>
#include <QGuiApplication>

#include <utility>

namespace ui {

using workspace::TunnelInfo;
using workspace::Workspace;

TrayMenu::TrayMenu(Workspace &workspace, const Theme &theme, QWidget *parent)
    : QMenu(parent), m_workspace(workspace), m_theme(theme)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &TrayMenu::refresh);
    for (const auto signal : {&Workspace::inserted, &Workspace::removed, &Workspace::changed})
        connect(&workspace, signal, this, &TrayMenu::refreshSoon);
    connect(&theme, &Theme::changed, this, [this] {
        m_shown.clear(); // in other colours
        refreshSoon();
    });
    connect(this, &QMenu::aboutToHide, this, &TrayMenu::refreshSoon);
    refresh();
}

void TrayMenu::refreshSoon()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void TrayMenu::refresh()
{
    if (isVisible())
        return; // once it is closed
    const QStringList shown = shownState();
    if (std::exchange(m_shown, shown) == shown)
        return; // each new attempt changes the tunnel, but nothing that is seen here
    clear();
    qDeleteAll(findChildren<QMenu *>(Qt::FindDirectChildrenOnly));
    for (const TunnelInfo &tunnel : m_workspace.tunnels())
        addTunnel(tunnel);
    addSeparator();
    addCommon();
}

QStringList TrayMenu::shownState() const
{
    QStringList state{quitText(m_workspace.tunnels())};
    for (const TunnelInfo &tunnel : m_workspace.tunnels())
        state << tunnel.id << trayMenuTitle(tunnel) << tunnel.publicUrl;
    return state;
}

QAction *TrayMenu::add(QMenu &menu, Glyph glyph, const QString &text, const std::function<void()> &act)
{
    QAction *action = menu.addAction(m_theme.icon(glyph), text);
    connect(action, &QAction::triggered, this, act);
    return action;
}

void TrayMenu::addTunnel(const TunnelInfo &tunnel)
{
    const Badge badge = badgeOf(tunnel.status, m_theme.colors());
    auto *menu = new QMenu(trayMenuTitle(tunnel), this);
    menu->setIcon(m_theme.icon(badge.glyph, badge.color));
    addMenu(menu);
    const QString id = tunnel.id;
    const QString url = tunnel.publicUrl;
    add(*menu, Glyph::Copy, tr("&Copy URL"), [url] {
        QGuiApplication::clipboard()->setText(url);
    })->setEnabled(!url.isEmpty());
    add(*menu, Glyph::OpenExternal, tr("&Open in browser"), [this, url] {
        Q_EMIT openUrlRequested(QUrl(url));
    })->setEnabled(tunnel.online());
    menu->addSeparator();
    addRunActions(*menu, tunnel);
    menu->addSeparator();
    add(*menu, Glyph::Search, tr("&Inspect"), [this, id] { Q_EMIT inspectRequested(id); });
}

void TrayMenu::addRunActions(QMenu &menu, const TunnelInfo &tunnel)
{
    const QString id = tunnel.id;
    if (tunnel.online() && tunnel.status.paused)
        add(menu, Glyph::Play, tr("&Resume"), [this, id] { m_workspace.setPaused(id, false); });
    else
        add(menu, Glyph::Pause, tr("&Pause"), [this, id] {
            m_workspace.setPaused(id, true);
        })->setEnabled(tunnel.online());
    if (tunnel.running())
        add(menu, Glyph::Stop, tr("&Stop"), [this, id] { m_workspace.stop(id); });
    else
        add(menu, Glyph::Play, tr("&Start"), [this, id] { m_workspace.start(id); });
}

void TrayMenu::addCommon()
{
    add(*this, Glyph::Add, tr("&Expose port…"), [this] { Q_EMIT exposeRequested(); });
    add(*this, Glyph::Restart, tr("&Reconnect all"), [this] {
        m_workspace.reconnectAll();
    })->setEnabled(m_workspace.overall() != workspace::Overall::Idle);
    addSeparator();
    setDefaultAction(add(*this, Glyph::Tunnel, tr("Open &window"), [this] { Q_EMIT windowRequested(); }));
    add(*this, Glyph::Settings, tr("&Settings…"), [this] { Q_EMIT settingsRequested(); });
    addSeparator();
    add(*this, Glyph::Close, quitText(m_workspace.tunnels()), [this] { Q_EMIT quitRequested(); });
}

} // namespace ui
