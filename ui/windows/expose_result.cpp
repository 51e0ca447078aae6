#include "ui/windows/expose_result.h"

#include "ui/text/status_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/qr_view.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

ExposeResult::ExposeResult(const Theme &theme, workspace::Workspace &workspace, UrlBar::OpenUrl open, QWidget *parent)
    : QWidget(parent),
      m_theme(theme),
      m_workspace(workspace),
      m_state(new EmptyState(theme, Glyph::StatusPending, {}, {}, this)),
      m_url(new UrlBar(theme, std::move(open))),
      m_qr(new QrView),
      m_fault(new NoticeBar(theme))
{
    build();
    connect(&workspace, &workspace::Workspace::changed, this, [this](qsizetype row) {
        if (m_workspace.tunnels().at(row).id == m_id)
            refresh();
    });
}

void ExposeResult::build()
{
    m_fault->setDismissible(false);
    m_qr->setObjectName(QStringLiteral("qr")); // the address has one of its own
    m_qr->setFixedSize(kQrSide, kQrSide);
    m_state->addWidget(m_url);
    auto *qr = new QWidget;
    auto *row = new QHBoxLayout(qr);
    row->setContentsMargins(0, kGap, 0, 0);
    row->addWidget(m_qr, 0, Qt::AlignHCenter);
    m_state->addWidget(qr);
    auto *another = m_state->addButton(tr("Expose another"));
    m_edit = m_state->addButton(tr("Edit"));
    m_requests = m_state->addButton(tr("Show requests"), true);
    connect(another, &QPushButton::clicked, this, &ExposeResult::anotherRequested);
    connect(m_edit, &QPushButton::clicked, this, [this] { Q_EMIT editRequested(m_id); });
    connect(m_requests, &QPushButton::clicked, this, [this] { Q_EMIT requestsRequested(m_id); });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPad, kPad, kPad, kPad);
    layout->addWidget(m_fault);
    layout->addWidget(m_state, 1);
}

void ExposeResult::setTunnel(const QString &id)
{
    m_id = id;
    refresh();
}

void ExposeResult::refresh()
{
    const auto *tunnel = m_workspace.find(m_id);
    if (!tunnel)
        return;
    const bool online = tunnel->online();
    const QString why = explanation(*tunnel);
    m_url->setVisible(online);
    m_qr->setVisible(online);
    m_edit->setVisible(!why.isEmpty());
    if (why.isEmpty())
        m_fault->clear();
    else
        m_fault->tell(tunnel->status.phase == client::Phase::Failed ? NoticeBar::Kind::Error : NoticeBar::Kind::Warning,
                      why);
    if (online)
        return refreshOnline(*tunnel);
    m_state->setGlyph(why.isEmpty() ? Glyph::StatusPending : Glyph::StatusFailed);
    m_state->setHeading(why.isEmpty() ? tr("Connecting %1…").arg(titleOf(*tunnel))
                                      : tr("%1 is not online").arg(titleOf(*tunnel)));
    m_state->setSentence(why.isEmpty() ? tr("Its address appears here in a moment.") : QString());
}

void ExposeResult::refreshOnline(const workspace::TunnelInfo &tunnel)
{
    m_state->setGlyph(Glyph::StatusOnline);
    m_state->setHeading(tr("%1 is online").arg(titleOf(tunnel)));
    m_state->setSentence(tr("Whoever has this address reaches %1.").arg(targetText(tunnel.entry)));
    m_url->setUrl(tunnel.publicUrl);
    m_qr->setText(tunnel.publicUrl);
}

} // namespace ui
