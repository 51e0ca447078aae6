#include "ui/windows/expose_fields.h"

#include "ui/text/access_text.h"
#include "ui/text/status_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/field_row.h"
#include "ui/windows/access_fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

using settings::HostHeaderKind;
using settings::UpstreamTlsKind;

QString typed(const settings::Target &target)
{
    const bool here = target.host == u"localhost" && !target.tls;
    return here ? QString::number(target.port) : settings::targetText(target);
}

} // namespace

ExposeFields::ExposeFields(const Theme &theme, workspace::Workspace &workspace, QWidget *parent)
    : QWidget(parent),
      m_theme(theme),
      m_workspace(workspace),
      m_target(new QLineEdit),
      m_name(new QLineEdit),
      m_server(new QComboBox),
      m_accessButton(new QToolButton(this)),
      m_accessSummary(new ElidedLabel({}, this)),
      m_access(new AccessFields(theme, this)),
      m_moreButton(new QToolButton(this)),
      m_more(new QWidget(this)),
      m_host(new QComboBox),
      m_customHost(new QLineEdit),
      m_certificate(new QComboBox),
      m_autostart(new QCheckBox(tr("Open it when HTTP Tunnel starts")))
{
    build();
    buildMore();
    connectFields();
    fillServers();
    setEntry({});
}

void ExposeFields::build()
{
    m_targetRow = new FieldRow(m_theme, tr("&Port or address"), m_target, this);
    m_nameRow = new FieldRow(m_theme, tr("&Name"), m_name, this);
    m_serverRow = new FieldRow(m_theme, tr("&Server"), m_server, this);
    m_target->setObjectName(QStringLiteral("target"));
    m_name->setObjectName(QStringLiteral("name"));
    m_server->setObjectName(QStringLiteral("server"));
    m_target->setPlaceholderText(QStringLiteral("3000"));
    m_name->setPlaceholderText(tr("chosen for you"));
    m_moreButton->setText(tr("More options"));
    m_moreButton->setObjectName(QStringLiteral("moreButton"));
    m_accessButton->setText(tr("Who may reach it"));
    m_accessButton->setObjectName(QStringLiteral("accessButton"));
    m_accessSummary->setObjectName(QStringLiteral("accessSummary"));
    m_accessSummary->setProperty("kind", QStringLiteral("muted"));
    for (auto *button : {m_accessButton, m_moreButton}) {
        button->setCheckable(true);
        button->setProperty("kind", QStringLiteral("small"));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIconSize({kPad, kPad});
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kPad);
    for (auto *row : {m_targetRow, m_nameRow, m_serverRow})
        layout->addWidget(row);
    auto *access = new QHBoxLayout;
    access->setSpacing(kGap);
    access->addWidget(m_accessButton);
    access->addWidget(m_accessSummary, 1);
    layout->addLayout(access);
    layout->addWidget(m_access);
    layout->addWidget(m_moreButton, 0, Qt::AlignLeft);
    layout->addWidget(m_more);
}

void ExposeFields::buildMore()
{
    m_host->addItem(tr("Its own address (localhost)"), int(HostHeaderKind::Rewrite));
    m_host->addItem(tr("The public address"), int(HostHeaderKind::Preserve));
    m_host->addItem(tr("Another…"), int(HostHeaderKind::Custom));
    m_certificate->addItem(tr("Must be valid"), int(UpstreamTlsKind::Verify));
    m_certificate->addItem(tr("Any (self-signed)"), int(UpstreamTlsKind::Off));
    m_certificate->addItem(tr("The pinned one"), int(UpstreamTlsKind::Pin));
    m_host->setObjectName(QStringLiteral("host"));
    m_customHost->setObjectName(QStringLiteral("customHost"));
    m_certificate->setObjectName(QStringLiteral("certificate"));
    m_autostart->setObjectName(QStringLiteral("autostart"));
    m_hostRow = new FieldRow(m_theme, tr("&Host your service sees"), m_host, m_more);
    m_hostRow->setHint(tr("Development servers often refuse hosts they do not know."));
    m_customRow = new FieldRow(m_theme, tr("Host &value"), m_customHost, m_more);
    m_customHost->setPlaceholderText(QStringLiteral("shop.test"));
    m_certificateRow = new FieldRow(m_theme, tr("&Certificate of the service"), m_certificate, m_more);
    auto *layout = new QVBoxLayout(m_more);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kPad);
    for (auto *row : {m_hostRow, m_customRow, m_certificateRow})
        layout->addWidget(row);
    layout->addWidget(m_autostart);
    showMore(false);
    showAccess(false);
}

void ExposeFields::connectFields()
{
    const auto update = [this] {
        refresh();
        Q_EMIT changed();
    };
    connect(m_target, &QLineEdit::textChanged, this, update);
    connect(m_name, &QLineEdit::textChanged, this, update);
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString &text) { m_nameTyped = !text.isEmpty(); });
    connect(m_customHost, &QLineEdit::textChanged, this, update);
    for (auto *box : {m_server, m_host, m_certificate})
        connect(box, &QComboBox::currentIndexChanged, this, update);
    connect(m_autostart, &QCheckBox::toggled, this, update);
    for (auto *field : {m_target, m_name, m_customHost})
        connect(field, &QLineEdit::returnPressed, this, &ExposeFields::submitted);
    connect(m_access, &AccessFields::changed, this, update);
    connect(m_access, &AccessFields::submitted, this, &ExposeFields::submitted);
    connect(m_accessButton, &QToolButton::toggled, this, &ExposeFields::showAccess);
    connect(m_moreButton, &QToolButton::toggled, this, &ExposeFields::showMore);
    connect(&m_workspace, &workspace::Workspace::preferencesChanged, this, [this] { fillServers(); });
    connect(&m_theme, &Theme::changed, this, [this] {
        showMore(m_moreButton->isChecked());
        showAccess(m_accessButton->isChecked());
    });
}

void ExposeFields::showMore(bool more)
{
    m_moreButton->setIcon(m_theme.icon(more ? Glyph::ChevronDown : Glyph::ChevronRight));
    m_more->setVisible(more);
}

void ExposeFields::showAccess(bool shown)
{
    m_accessButton->setIcon(m_theme.icon(shown ? Glyph::ChevronDown : Glyph::ChevronRight));
    m_access->setVisible(shown);
}

void ExposeFields::fillServers()
{
    const QUrl chosen = m_server->count() == 0 ? QUrl() : server();
    const QSignalBlocker quiet(m_server);
    m_server->clear();
    m_server->addItem(tr("This computer (built-in relay)"), QUrl());
    for (const auto &known : m_workspace.preferences().servers)
        m_server->addItem(known.label.isEmpty() ? known.url.authority() : known.label, known.url);
    if (!chosen.isEmpty() && m_server->findData(chosen) < 0)
        m_server->addItem(chosen.authority(), chosen); // of tunnels.toml, not of the settings
    m_server->setCurrentIndex(std::max(0, m_server->findData(chosen)));
    m_serverRow->setVisible(m_server->count() > 1);
}

void ExposeFields::setEntry(const settings::TunnelEntry &entry, const QString &id)
{
    m_entry = entry;
    m_id = id;
    m_nameTyped = !entry.name.isEmpty();
    m_target->setText(entry.target.port == 0 ? QString() : typed(entry.target));
    m_name->setText(entry.name);
    if (m_server->findData(entry.server) < 0)
        m_server->addItem(entry.server.authority(), entry.server);
    m_server->setCurrentIndex(m_server->findData(entry.server));
    m_serverRow->setVisible(m_server->count() > 1);
    m_host->setCurrentIndex(m_host->findData(int(entry.hostHeader.kind)));
    m_customHost->setText(entry.hostHeader.custom);
    m_certificate->setCurrentIndex(m_certificate->findData(int(entry.upstreamTls.kind)));
    m_autostart->setChecked(entry.autostart);
    m_access->setAccess(entry.access);
    refresh();
}

void ExposeFields::suggest(const settings::Target &target, const QString &wish)
{
    if (!m_nameTyped)
        m_name->setText(wish.isEmpty() ? QString() : m_workspace.suggestName(wish, server()));
    m_target->setText(typed(target));
}

QUrl ExposeFields::server() const
{
    return m_server->currentData().toUrl();
}

wire::Result<settings::HostHeader> ExposeFields::hostHeader() const
{
    const auto kind = HostHeaderKind(m_host->currentData().toInt());
    if (kind != HostHeaderKind::Custom)
        return settings::HostHeader{kind, {}};
    return settings::parseHostHeader(m_customHost->text().trimmed().toStdString());
}

settings::UpstreamTls ExposeFields::upstreamTls(const settings::Target &target) const
{
    const auto kind = UpstreamTlsKind(m_certificate->currentData().toInt());
    if (!target.tls)
        return {};
    return {kind, kind == UpstreamTlsKind::Pin ? m_entry.upstreamTls.pin : QByteArray()};
}

wire::Result<settings::TunnelEntry> ExposeFields::entry() const
{
    auto entry = m_entry;
    const auto target = settings::parseTarget(m_target->text().trimmed().toStdString());
    if (!target)
        return std::unexpected(target.error());
    const auto host = hostHeader();
    if (!host)
        return std::unexpected(host.error());
    entry.target = *target;
    entry.name = m_name->text().trimmed();
    entry.server = server();
    entry.hostHeader = *host;
    entry.upstreamTls = upstreamTls(*target);
    entry.autostart = m_autostart->isChecked();
    const auto access = m_access->access();
    if (!access)
        return std::unexpected(access.error());
    entry.access = *access;
    const QString fault = entry.name.isEmpty() ? QString() : m_workspace.nameFault(entry.name, entry.server, m_id);
    if (!fault.isEmpty())
        return wire::fail(wire::Code::NameTaken, fault.toStdString());
    if (const auto checked = settings::checkEntry(entry); !checked)
        return std::unexpected(checked.error());
    return entry;
}

void ExposeFields::refresh()
{
    refreshTarget();
    refreshName();
    if (const auto access = m_access->access())
        m_accessSummary->setText(shortBadges(accessBadges(*access, m_theme.colors())));
    m_accessButton->setAccessibleDescription(m_accessSummary->text());
    const auto host = hostHeader();
    const bool custom = HostHeaderKind(m_host->currentData().toInt()) == HostHeaderKind::Custom;
    m_customRow->setVisible(custom);
    m_customRow->setFault(host || m_customHost->text().isEmpty() ? QString() : sentence(host.error()));
}

void ExposeFields::refreshTarget()
{
    const QString text = m_target->text().trimmed();
    const auto target = settings::parseTarget(text.toStdString());
    m_targetRow->setHint(tr("A port of this computer, or host:port, or https://host:port."));
    m_targetRow->setFault(target || text.isEmpty() ? QString() : sentence(target.error()));
    m_certificateRow->setVisible(target && target->tls);
    const bool pinned = m_entry.upstreamTls.kind == UpstreamTlsKind::Pin;
    if (const int pin = m_certificate->findData(int(UpstreamTlsKind::Pin)); !pinned && pin >= 0)
        m_certificate->removeItem(pin);
    else if (pinned && pin < 0)
        m_certificate->addItem(tr("The pinned one"), int(UpstreamTlsKind::Pin));
}

void ExposeFields::refreshName()
{
    const QString name = m_name->text().trimmed();
    const QString fault = name.isEmpty() ? QString() : m_workspace.nameFault(name, server(), m_id);
    m_nameRow->setHint(tr("The first part of the public address. It stays yours."));
    m_nameRow->setFault(fault);
    if (name.isEmpty() || !fault.isEmpty())
        return;
    const quint16 port = m_workspace.relay().port();
    const QString url = server().isEmpty() && port != 0 ? workspace::embeddedUrl(name, port) : QString();
    m_nameRow->setPraise(url.isEmpty() ? tr("%1 is free here.").arg(name) : url);
}

void ExposeFields::focusTarget()
{
    m_target->setFocus();
    m_target->selectAll();
}

void ExposeFields::focusName()
{
    m_name->setFocus();
    m_name->selectAll();
}

} // namespace ui
