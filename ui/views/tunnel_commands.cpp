#include "ui/views/tunnel_commands.h"

#include "ui/text/status_text.h"
#include "ui/views/login_maker.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

namespace ui {

TunnelCommands::TunnelCommands(workspace::Workspace &workspace, const Theme &theme, QObject *parent)
    : QObject(parent), m_workspace(workspace), m_theme(theme)
{
}

void TunnelCommands::copyUrl(const QString &id)
{
    const auto *tunnel = m_workspace.find(id);
    if (!tunnel || tunnel->publicUrl.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(tunnel->publicUrl);
    Q_EMIT copied(tunnel->publicUrl);
}

void TunnelCommands::open(const QString &id)
{
    if (const auto *tunnel = m_workspace.find(id); tunnel && !tunnel->publicUrl.isEmpty())
        Q_EMIT openUrlRequested(QUrl(tunnel->publicUrl));
}

void TunnelCommands::setPaused(const QString &id, bool paused)
{
    m_workspace.setPaused(id, paused);
}

void TunnelCommands::start(const QString &id)
{
    m_workspace.start(id);
}

void TunnelCommands::stop(const QString &id)
{
    m_workspace.stop(id);
}

void TunnelCommands::reconnect(const QString &id)
{
    m_workspace.reconnect(id);
}

void TunnelCommands::edit(const QString &id)
{
    if (m_workspace.find(id))
        Q_EMIT editRequested(id);
}

void TunnelCommands::duplicate(const QString &id)
{
    const auto copy = m_workspace.duplicate(id);
    if (copy)
        Q_EMIT duplicated(*copy);
    else
        Q_EMIT failed(sentence(copy.error()));
}

void TunnelCommands::moveTo(const QString &id, const QUrl &server)
{
    const auto *tunnel = m_workspace.find(id);
    if (!tunnel)
        return;
    auto entry = tunnel->entry;
    if (!entry.tokenFile.isEmpty()) {
        Q_EMIT failed(tr("The token in %1 belongs to one server, and no other should see it. Take the file out of "
                         "tunnels.toml first, and save the tokens of your servers in Settings.")
                          .arg(entry.tokenFile));
        return;
    }
    entry.server = server;
    if (const auto done = m_workspace.edit(id, entry); !done)
        Q_EMIT failed(sentence(done.error()));
}

void TunnelCommands::protect(const QString &id)
{
    auto *maker = new LoginMaker(this);
    connect(maker, &LoginMaker::made, this, [this, maker, id](const guard::Login &login, const QString &password) {
        maker->deleteLater();
        addLogin(id, login, password);
    });
    maker->make();
}

void TunnelCommands::addLogin(const QString &id, const guard::Login &login, const QString &password)
{
    const auto *tunnel = m_workspace.find(id);
    if (!tunnel)
        return;
    auto entry = tunnel->entry;
    entry.access.rules.logins.push_back(login);
    if (const auto done = m_workspace.edit(id, entry); !done)
        Q_EMIT failed(sentence(done.error()));
    else
        Q_EMIT protectedWith(id, QString::fromStdString(login.name), password);
}

void TunnelCommands::remove(const QString &id)
{
    const auto *tunnel = m_workspace.find(id);
    if (!tunnel)
        return;
    const QString name = titleOf(*tunnel);
    const auto done = m_workspace.remove(id);
    if (done)
        Q_EMIT removed(name);
    else
        Q_EMIT failed(sentence(done.error()));
}

void TunnelCommands::fillMenu(QMenu &menu, const QString &id)
{
    const auto *tunnel = m_workspace.find(id);
    if (!tunnel)
        return;
    const auto add = [&](Glyph glyph, const QString &text, void (TunnelCommands::*act)(const QString &)) {
        auto *action = menu.addAction(m_theme.icon(glyph), text);
        connect(action, &QAction::triggered, this, [this, act, id] { (this->*act)(id); });
        return action;
    };
    const bool reachable = !tunnel->publicUrl.isEmpty();
    add(Glyph::Copy, tr("&Copy URL"), &TunnelCommands::copyUrl)->setEnabled(reachable);
    add(Glyph::OpenExternal, tr("&Open in browser"), &TunnelCommands::open)->setEnabled(reachable);
    menu.addSeparator();
    addRunActions(menu, *tunnel);
    menu.addSeparator();
    add(Glyph::Edit, tr("&Edit…"), &TunnelCommands::edit);
    add(Glyph::Duplicate, tr("&Duplicate"), &TunnelCommands::duplicate);
    addMoves(menu, *tunnel);
    add(Glyph::Trash, tr("Remo&ve"), &TunnelCommands::remove);
}

void TunnelCommands::addRunActions(QMenu &menu, const workspace::TunnelInfo &tunnel)
{
    const auto add = [&](Glyph glyph, const QString &text, const std::function<void()> &act) {
        connect(menu.addAction(m_theme.icon(glyph), text), &QAction::triggered, this, act);
    };
    const QString id = tunnel.id;
    if (tunnel.online() && tunnel.status.paused)
        add(Glyph::Play, tr("&Resume"), [this, id] { setPaused(id, false); });
    else if (tunnel.online())
        add(Glyph::Pause, tr("&Pause"), [this, id] { setPaused(id, true); });
    if (tunnel.running()) {
        add(Glyph::Restart, tr("Re&connect"), [this, id] { reconnect(id); });
        add(Glyph::Stop, tr("&Stop"), [this, id] { stop(id); });
    } else {
        add(Glyph::Play, tr("&Start"), [this, id] { start(id); });
    }
}

QList<settings::Server> TunnelCommands::otherServers(const workspace::TunnelInfo &tunnel) const
{
    QList<settings::Server> others{settings::Server{QUrl(), tr("This computer (built-in relay)")}};
    others += m_workspace.preferences().servers;
    others.removeIf([&tunnel](const settings::Server &server) {
        const bool here = tunnel.onEmbeddedRelay();
        return here == server.url.isEmpty() && (here || workspace::sameServer(server.url, tunnel.entry.server));
    });
    return others;
}

void TunnelCommands::addMoves(QMenu &menu, const workspace::TunnelInfo &tunnel)
{
    const auto others = otherServers(tunnel);
    if (others.isEmpty())
        return;
    auto *places = menu.addMenu(m_theme.icon(Glyph::Server), tr("&Move to server"));
    for (const auto &server : others) {
        auto *action = places->addAction(server.label.isEmpty() ? server.url.authority() : server.label);
        connect(action, &QAction::triggered, this, [this, id = tunnel.id, url = server.url] { moveTo(id, url); });
    }
}

} // namespace ui
