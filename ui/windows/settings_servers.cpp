#include "ui/windows/settings_servers.h"

#include "ui/text/status_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/notice_bar.h"
#include "ui/windows/settings_page.h"
#include "ui/windows/settings_paste.h"
#include "ui/windows/settings_server_form.h"
#include "ui/windows/settings_token_place.h"
#include "wire/limits.h"
#include "workspace/tunnel_names.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {

using settings::Server;
using workspace::sameServer;

namespace {

bool lists(const QList<Server> &servers, const QUrl &url)
{
    return std::ranges::any_of(servers, [&url](const Server &server) { return sameServer(server.url, url); });
}

} // namespace

ServersPage::ServersPage(workspace::Workspace &workspace, const Theme &theme, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_theme(theme),
      m_place(new TokenPlace(workspace, theme, this)),
      m_empty(new EmptyState(theme, Glyph::Server, tr("No servers yet"),
                             tr("Tunnels run on the relay inside this program, for this computer only. Add a "
                                "tunnel-relay to reach them from everywhere."),
                             this)),
      m_form(new ServerForm(
          theme, [this](const QUrl &url) { return addFault(url); }, this)),
      m_add(new QPushButton(theme.icon(Glyph::Add), tr("Add server…"), this)),
      m_paste(new QPushButton(tr("Paste from the clipboard"), this)),
      m_outcome(new NoticeBar(theme, this))
{
    build(theme);
    connect(m_add, &QPushButton::clicked, this, &ServersPage::beginAdding);
    connect(m_paste, &QPushButton::clicked, this, &ServersPage::paste);
    connect(m_empty->addButton(tr("Add server…"), true), &QPushButton::clicked, this, &ServersPage::beginAdding);
    connect(m_empty->addButton(tr("Paste from the clipboard")), &QPushButton::clicked, this, &ServersPage::paste);
    connect(m_place, &TokenPlace::keepingChanged, this, &ServersPage::adaptToKeeping);
    connect(m_form, &ServerForm::submitted, this, &ServersPage::add);
    connect(m_form, &ServerForm::cancelled, this, [this] { showForm(false); });
    connect(&theme, &Theme::changed, this, [this] { m_add->setIcon(m_theme.icon(Glyph::Add)); });
    for (const auto signal : {&workspace::Workspace::inserted, &workspace::Workspace::removed})
        connect(&workspace, signal, this, &ServersPage::rebuild);
    connect(&workspace, &workspace::Workspace::changed, this, &ServersPage::adapt);
    connect(&workspace, &workspace::Workspace::preferencesChanged, this, &ServersPage::rebuild);
    rebuild();
}

void ServersPage::build(const Theme &theme)
{
    m_column = settingsColumn(this);
    m_column->addWidget(settingsHeading(theme, tr("Servers"), this));
    m_column->addWidget(settingsSentence(
        tr("Tunnel relays that give your tunnels an address others can reach. Tokens are kept in the keyring of your "
           "desktop or in an encrypted file, never in plain text."),
        this));
    m_column->addWidget(m_place);
    m_column->addWidget(m_empty);
    m_column->addWidget(m_form);
    m_paste->setToolTip(tr("Add a server, or the token of one, from what the clipboard has"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addWidget(m_add);
    buttons->addWidget(m_paste);
    buttons->addStretch(1);
    m_column->addLayout(buttons);
    m_column->addWidget(m_outcome);
    m_column->addStretch(1);
    m_form->hide();
}

void ServersPage::adaptToKeeping()
{
    for (ServerCard *card : std::as_const(m_cards))
        card->setKeeping(m_place->keeping());
}

QStringList ServersPage::usersOf(const QUrl &server) const
{
    QStringList users;
    for (const workspace::TunnelInfo &tunnel : m_workspace.tunnels()) {
        if (!tunnel.onEmbeddedRelay() && sameServer(tunnel.entry.server, server))
            users.append(titleOf(tunnel));
    }
    return users;
}

QList<Server> ServersPage::shownServers() const
{
    QList<Server> servers = m_workspace.preferences().servers;
    for (const workspace::TunnelInfo &tunnel : m_workspace.tunnels()) {
        if (!tunnel.onEmbeddedRelay() && !lists(servers, tunnel.entry.server))
            servers.append({tunnel.entry.server, {}});
    }
    return servers;
}

// Cards of servers that stay are kept: a token may be half typed in one.
void ServersPage::rebuild()
{
    QList<ServerCard *> former = std::exchange(m_cards, {});
    const QList<Server> servers = shownServers();
    qsizetype at = m_column->indexOf(m_empty) + 1;
    for (const Server &server : servers) {
        const auto known =
            std::ranges::find_if(former, [&server](const ServerCard *card) { return card->server() == server; });
        ServerCard *card = known == former.end() ? new ServerCard(m_workspace, m_theme, server, this) : *known;
        if (known != former.end())
            former.erase(known);
        else
            connect(card, &ServerCard::removeRequested, this, &ServersPage::remove);
        card->setKeeping(m_place->keeping());
        m_column->removeWidget(card);
        m_column->insertWidget(int(at++), card);
        m_cards.append(card);
    }
    for (ServerCard *gone : std::as_const(former)) {
        gone->hide();
        gone->deleteLater();
    }
    refreshUsers();
    showForm(!m_form->isHidden());
}

// A tunnel changed: seldom its server.
void ServersPage::adapt()
{
    const bool same =
        std::ranges::equal(shownServers(), m_cards, {}, {}, [](const ServerCard *card) { return card->server(); });
    if (same)
        refreshUsers();
    else
        rebuild();
}

void ServersPage::refreshUsers()
{
    for (ServerCard *card : std::as_const(m_cards)) {
        card->setUsers(usersOf(card->server().url));
        card->setRefusal(refusalOf(card->server().url));
    }
}

// As the server said it to one of its tunnels.
QString ServersPage::refusalOf(const QUrl &server) const
{
    const auto &tunnels = m_workspace.tunnels();
    const auto refused = std::ranges::find_if(tunnels, [&server](const workspace::TunnelInfo &tunnel) {
        return tunnel.failed() && !tunnel.onEmbeddedRelay() && sameServer(tunnel.entry.server, server) &&
               tunnel.status.reason.code == wire::Code::Unauthorized;
    });
    return refused == tunnels.end()
               ? QString()
               : tr("The server refused “%1”: %2.").arg(titleOf(*refused), sentence(refused->status.reason));
}

ServerCard *ServersPage::cardOf(const QUrl &server) const
{
    const auto found = std::ranges::find_if(
        m_cards, [&server](const ServerCard *card) { return sameServer(card->server().url, server); });
    return found == m_cards.end() ? nullptr : *found;
}

// A token alone is that of the only server there is; otherwise the form asks which.
void ServersPage::paste()
{
    m_outcome->clear();
    const auto pasted = pastedServer(*m_outcome);
    if (!pasted)
        return;
    const bool alone = pasted->server.isEmpty() && m_cards.size() == 1;
    ServerCard *card = alone ? m_cards.first() : cardOf(pasted->server);
    if (card && !pasted->token.isEmpty()) {
        card->fill(*pasted);
        Q_EMIT cardShown(card);
    } else {
        beginAdding();
        m_form->fill(*pasted);
    }
}

QString ServersPage::addFault(const QUrl &server) const
{
    if (lists(m_workspace.preferences().servers, server))
        return tr("This server is in the list already.");
    if (std::size_t(m_workspace.preferences().servers.size()) >= wire::kMaxServers)
        return tr("There are %1 servers already: remove one first.").arg(wire::kMaxServers);
    return {};
}

void ServersPage::beginAdding()
{
    showForm(true);
    m_form->begin();
    Q_EMIT cardShown(m_form);
}

void ServersPage::showForm(bool shown)
{
    m_form->setVisible(shown);
    m_add->setVisible(!shown && !m_cards.isEmpty());
    m_paste->setVisible(!shown && !m_cards.isEmpty());
    if (shown)
        m_outcome->clear();
    m_empty->setVisible(!shown && m_cards.isEmpty());
}

void ServersPage::showServer(const QUrl &server)
{
    if (ServerCard *card = cardOf(server)) {
        card->focusToken();
        Q_EMIT cardShown(card);
    }
}

bool ServersPage::save(const QList<Server> &servers)
{
    settings::Preferences preferences = m_workspace.preferences();
    preferences.servers = servers;
    const auto saved = m_workspace.setPreferences(preferences);
    if (!saved)
        Q_EMIT failed(QString::fromStdString(saved.error().message));
    return saved.has_value();
}

void ServersPage::add(const Server &server, const settings::Secret &token)
{
    if (!save(m_workspace.preferences().servers + QList<Server>{server}))
        return;
    showForm(false);
    showServer(server.url); // its token is what comes next
    if (!token.isEmpty())
        cardOf(server.url)->keep(token);
}

// The token is held until the next removal, for undo; the keyring has it no longer.
void ServersPage::remove(const Server &server)
{
    m_workspace.secrets().read(settings::secretAccount(server.url), this,
                               [this, server](const wire::Result<settings::Secret> &token) {
                                   finishRemove(server, token.value_or(settings::Secret()));
                               });
}

void ServersPage::finishRemove(const Server &server, const settings::Secret &token)
{
    QList<Server> servers = m_workspace.preferences().servers;
    const qsizetype index = servers.indexOf(server);
    if (index < 0)
        return;
    servers.removeAt(index);
    if (!save(servers))
        return;
    m_removed = Removed{index, server, token};
    m_workspace.secrets().remove(settings::secretAccount(server.url), this, [this](const wire::Result<> &result) {
        if (!result)
            Q_EMIT failed(
                tr("The token is still in the keyring: %1").arg(QString::fromStdString(result.error().message)));
    });
    Q_EMIT removed(serverTitle(server));
}

bool ServersPage::undoRemove()
{
    const auto removed = std::exchange(m_removed, std::nullopt);
    if (!removed)
        return false;
    const auto restore = [this, removed](const wire::Result<> &result) {
        if (!result)
            Q_EMIT failed(
                tr("The token could not be saved again: %1").arg(QString::fromStdString(result.error().message)));
        QList<Server> servers = m_workspace.preferences().servers;
        servers.insert(std::min(removed->index, servers.size()), removed->server);
        save(servers);
    };
    if (removed->token.isEmpty())
        restore({});
    else
        m_workspace.secrets().write(settings::secretAccount(removed->server.url), removed->token, this, restore);
    return true;
}

} // namespace ui
