#include "ui/windows/settings_server_card.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/badge_label.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/field_row.h"
#include "ui/widgets/glyph_view.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/notice_bar.h"
#include "ui/windows/settings_paste.h"
#include "ui/windows/settings_token_field.h"
#include "workspace/expiry_text.h"
#include "workspace/token_file.h"
#include "workspace/tunnel_names.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace ui {

namespace {

QString capitalised(const wire::Error &error)
{
    QString text = QString::fromStdString(error.message);
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

} // namespace

QString serverTitle(const settings::Server &server)
{
    return server.label.isEmpty() ? server.url.host() : server.label;
}

ServerCard::ServerCard(workspace::Workspace &workspace, const Theme &theme, const settings::Server &server,
                       QWidget *parent)
    : QFrame(parent),
      m_workspace(workspace),
      m_theme(theme),
      m_server(server),
      m_users(new QLabel(this)),
      m_token(new TokenField(theme, this)),
      m_row(new FieldRow(theme, tr("Token"), m_token, this)),
      m_expiry(new BadgeLabel(theme, this)),
      m_save(new QPushButton(tr("Save token"), this)),
      m_paste(new QPushButton(tr("Paste"), this)),
      m_forget(new QPushButton(tr("Remove token"), this)),
      m_test(new QPushButton(tr("Test connection"), this)),
      m_remove(new IconButton(theme, Glyph::Trash, tr("Remove this server"), this)),
      m_outcome(new NoticeBar(theme, this))
{
    setProperty("kind", QStringLiteral("card"));
    setAccessibleName(serverTitle(server));
    build(theme);
    connectButtons();
    connect(&theme, &Theme::changed, this, &ServerCard::refreshExpiry);
    reread();
    refresh();
}

void ServerCard::build(const Theme &theme)
{
    auto *title = new ElidedLabel(serverTitle(m_server), this);
    QFont bold = title->font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    auto *address = new ElidedLabel(m_server.url.toDisplayString(), this);
    address->setFont(theme.monospace());
    address->setProperty("kind", QStringLiteral("muted"));
    m_users->setProperty("kind", QStringLiteral("muted"));
    m_users->setFont(theme.small());
    m_users->setWordWrap(true);
    m_users->setTextFormat(Qt::PlainText);

    auto *head = new QHBoxLayout;
    head->setSpacing(kGap);
    head->addWidget(new GlyphView(theme, Glyph::Server, &Colors::accent, this));
    head->addWidget(title, 1);
    head->addWidget(m_expiry);
    head->addWidget(m_remove);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->setContentsMargins(0, 0, 0, kGrid);
    m_paste->setToolTip(tr("Take the token that the clipboard has, alone or in a command or snippet"));
    buttons->addWidget(m_save);
    buttons->addWidget(m_paste);
    buttons->addWidget(m_forget);
    buttons->addStretch(1);
    buttons->addWidget(m_test);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kPad + kGrid, kPad, kPad, kPad);
    column->setSpacing(kGrid);
    column->addLayout(head);
    column->addWidget(address);
    column->addWidget(m_users);
    column->addSpacing(kGap);
    column->addWidget(m_row);
    column->addSpacing(kGrid);
    column->addLayout(buttons);
    column->addWidget(m_outcome);
}

void ServerCard::connectButtons()
{
    connect(m_token, &TokenField::changed, this, &ServerCard::refresh);
    connect(m_token, &TokenField::submitted, this, &ServerCard::save);
    connect(m_save, &QPushButton::clicked, this, &ServerCard::save);
    connect(m_paste, &QPushButton::clicked, this, &ServerCard::paste);
    connect(m_forget, &QPushButton::clicked, this, &ServerCard::forget);
    connect(m_test, &QPushButton::clicked, this, &ServerCard::test);
    connect(m_remove, &IconButton::clicked, this, [this] { Q_EMIT removeRequested(m_server); });
}

void ServerCard::setKeeping(TokenKeeping keeping)
{
    const TokenKeeping former = std::exchange(m_keeping, keeping);
    if (former != keeping && (former == TokenKeeping::File || keeping == TokenKeeping::File))
        reread(); // a keyring that did not answer is not asked again
    refresh();
}

void ServerCard::setRefusal(const QString &reason)
{
    if (std::exchange(m_refusal, reason) != reason)
        refresh();
}

void ServerCard::setUsers(const QStringList &tunnels)
{
    const bool used = !tunnels.isEmpty();
    m_users->setText(tr("Used by %1").arg(tunnels.join(QStringLiteral(", "))));
    m_users->setVisible(used);
    m_remove->setEnabled(!used);
    m_remove->setName(used ? tr("Tunnels use this server: point them to another one before you remove it")
                           : tr("Remove this server"));
}

void ServerCard::focusToken()
{
    m_token->edit()->setFocus(Qt::OtherFocusReason);
}

QString ServerCard::tokenState() const
{
    return m_token->accessibleDescription();
}

// Only whether there is one, and how long it holds: its text is not kept here.
void ServerCard::reread()
{
    m_workspace.secrets().read(account(), this, [this](const wire::Result<settings::Secret> &kept) {
        m_saved = kept && !kept->isEmpty();
        m_expires = m_saved ? settings::tokenExpiry(kept->reveal().toStdString()) : std::nullopt;
        m_readFault = kept ? QString() : capitalised(kept.error());
        refresh();
    });
}

QString ServerCard::savedText() const
{
    switch (m_keeping) {
    case TokenKeeping::Keyring: return tr("A token is saved in the keyring. Type another one to replace it.");
    case TokenKeeping::File: return tr("A token is saved in the encrypted file. Type another one to replace it.");
    case TokenKeeping::Session: break;
    }
    return tr("A token is kept until HTTP Tunnel quits. Type another one to replace it.");
}

void ServerCard::refresh()
{
    const QString none = tr("No token is saved. Servers that ask for one give it out through their operator.");
    m_row->setHint(m_saved ? savedText() : none);
    // Without a keyring the page says it once for all.
    m_row->setFault(!m_refusal.isEmpty() ? m_refusal : m_keeping != TokenKeeping::Session ? m_readFault : QString());
    m_token->setPlaceholder(m_saved ? tr("Saved") : tr("Paste a token"));
    m_save->setEnabled(!m_token->typed().isEmpty());
    m_forget->setVisible(m_saved);
    refreshExpiry();
}

void ServerCard::refreshExpiry()
{
    const auto now = workspace::tokenClock();
    m_expiry->setVisible(m_expires.has_value());
    if (!m_expires)
        return;
    const auto &colors = m_theme.colors();
    QString word = QString::fromStdString(workspace::expiryText(*m_expires, now));
    word[0] = word[0].toUpper();
    switch (workspace::expiryStage(*m_expires, now)) {
    case workspace::ExpiryStage::Fine: return m_expiry->setBadge({word, Glyph::Clock, colors.muted, colors.hover});
    case workspace::ExpiryStage::Soon:
    case workspace::ExpiryStage::Near:
        return m_expiry->setBadge({word, Glyph::Warning, colors.warning, colors.warningSoft});
    case workspace::ExpiryStage::Over:
        return m_expiry->setBadge({word, Glyph::Error, colors.danger, colors.dangerSoft});
    }
}

void ServerCard::paste()
{
    const auto pasted = pastedServer(*m_outcome);
    if (!pasted)
        return;
    if (!pasted->server.isEmpty() && !workspace::sameServer(pasted->server, m_server.url))
        return m_outcome->tell(
            NoticeBar::Kind::Error,
            tr("This is for %1. Use “Paste from the clipboard”, below the servers.").arg(pasted->server.host()));
    if (pasted->token.isEmpty())
        return m_outcome->tell(NoticeBar::Kind::Error, tr("There is no token in what was copied, only the address."));
    fill(*pasted);
}

void ServerCard::fill(const settings::PastedServer &pasted)
{
    m_token->put(pasted.token);
    tellPasted(*m_outcome, tr("Filled in from the clipboard. Save it, or test it first."));
    m_save->setFocus(Qt::OtherFocusReason);
}

void ServerCard::save()
{
    const settings::Secret typed = m_token->typed();
    if (typed.isEmpty())
        return;
    if (const auto token = workspace::checkedToken(typed.reveal(), tr("This").toStdString()); !token) {
        m_row->setFault(capitalised(token.error()));
        return;
    }
    keep(typed);
}

void ServerCard::keep(const settings::Secret &token)
{
    m_save->setEnabled(false);
    const auto expires = settings::tokenExpiry(token.reveal().toStdString());
    m_workspace.secrets().write(account(), token, this, [this, expires](const wire::Result<> &result) {
        if (result) {
            m_saved = true;
            m_expires = expires;
            m_readFault.clear();
            m_token->clear();
            m_workspace.tokenChanged(m_server.url);
        }
        refresh();
        tell(result, m_keeping == TokenKeeping::Keyring ? tr("The token is saved in the keyring.")
                     : m_keeping == TokenKeeping::File  ? tr("The token is saved in the encrypted file.")
                                                        : tr("The token is kept until HTTP Tunnel quits."));
    });
}

void ServerCard::forget()
{
    m_workspace.secrets().remove(account(), this, [this](const wire::Result<> &result) {
        m_saved = m_saved && !result;
        if (result)
            m_expires.reset();
        if (result)
            m_workspace.tokenChanged(m_server.url);
        refresh();
        tell(result, tr("The token is removed."));
    });
}

void ServerCard::test()
{
    m_test->setEnabled(false);
    m_test->setText(tr("Testing…"));
    m_outcome->clear();
    m_outcome->clearButtons();
    m_workspace.testServer(m_server.url, m_token->typed(), this,
                           [this](const wire::Result<QString> &outcome) { onTested(outcome); });
}

void ServerCard::onTested(const wire::Result<QString> &outcome)
{
    m_test->setEnabled(true);
    m_test->setText(tr("Test connection"));
    if (outcome)
        m_outcome->tell(NoticeBar::Kind::Success, *outcome);
    else
        m_outcome->tell(NoticeBar::Kind::Error, capitalised(outcome.error()));
}

void ServerCard::tell(const wire::Result<> &result, const QString &success)
{
    m_outcome->clearButtons();
    if (result)
        m_outcome->tell(NoticeBar::Kind::Success, success);
    else
        m_outcome->tell(NoticeBar::Kind::Error, tr("It was not saved: %1").arg(capitalised(result.error())));
}

} // namespace ui
