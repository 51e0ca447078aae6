#include "ui/views/requests_pane.h"

#include "ui/text/status_text.h"
#include "ui/theme/metrics.h"
#include "ui/views/copy_line.h"
#include "ui/views/exchange_table.h"
#include "ui/views/tunnel_commands.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/qr_view.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

RequestsPane::RequestsPane(const Theme &theme, ExchangeModel &all, ExchangeFilterModel &shown, TunnelCommands &commands,
                           settings::WindowState &state, QWidget *parent)
    : QStackedWidget(parent),
      m_all(all),
      m_shown(shown),
      m_commands(commands),
      m_table(new ExchangeTable(theme, shown, state, this)),
      m_waiting(new EmptyState(theme, Glyph::Globe, {}, {}, this)),
      m_invitation(new QWidget),
      m_line(new CopyLine(theme, tr("Copy the command"))),
      m_qr(new QrView),
      m_noMatch(new EmptyState(theme, Glyph::Filter, {}, tr("The filter hides them."), this))
{
    buildWaiting();
    buildNoMatch();
    for (auto *page : std::initializer_list<QWidget *>{m_table, m_waiting, m_noMatch})
        addWidget(page);
    watchModels();
    refresh();
}

void RequestsPane::buildWaiting()
{
    m_qr->setFixedSize(kQrSide, kQrSide);
    auto *layout = new QVBoxLayout(m_invitation);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    layout->addWidget(m_line);
    layout->addSpacing(kGap);
    layout->addWidget(m_qr, 0, Qt::AlignHCenter);
    m_waiting->addWidget(m_invitation);
    m_act = m_waiting->addButton({}, true);
    connect(m_act, &QPushButton::clicked, this, [this] {
        if (m_tunnel && m_tunnel->online())
            m_commands.setPaused(m_tunnel->id, false);
        else if (m_tunnel)
            m_commands.start(m_tunnel->id);
    });
}

void RequestsPane::buildNoMatch()
{
    connect(m_noMatch->addButton(tr("Clear filter")), &QPushButton::clicked, this, &RequestsPane::clearFilterRequested);
}

void RequestsPane::watchModels()
{
    const auto update = [this] { refresh(); };
    connect(&m_shown, &QAbstractItemModel::rowsInserted, this, update);
    connect(&m_shown, &QAbstractItemModel::rowsRemoved, this, update);
    connect(&m_shown, &QAbstractItemModel::layoutChanged, this, update);
    connect(&m_shown, &QAbstractItemModel::modelReset, this, update);
    connect(&m_all, &QAbstractItemModel::rowsInserted, this, update, Qt::QueuedConnection); // after the filter's own
}

void RequestsPane::setTunnel(const workspace::TunnelInfo *tunnel)
{
    m_tunnel = tunnel ? std::optional(*tunnel) : std::nullopt;
    refresh();
}

void RequestsPane::focusFirst(QWidget &otherwise)
{
    if (currentWidget() == m_table)
        m_table->setFocus();
    else
        otherwise.setFocus();
}

QList<quint64> RequestsPane::shownKeys() const
{
    QList<quint64> keys;
    for (int row = 0; row < m_shown.rowCount(); ++row)
        keys += m_shown.summary(row).key;
    return keys;
}

int RequestsPane::total() const
{
    if (m_shown.tunnel().isEmpty() || m_shown.query().isEmpty())
        return m_shown.query().isEmpty() ? m_shown.rowCount() : m_all.rowCount();
    int count = 0;
    for (int row = 0; row < m_all.rowCount(); ++row)
        count += m_all.summary(row).tunnelId == m_shown.tunnel() ? 1 : 0;
    return count;
}

void RequestsPane::refresh()
{
    if (m_shown.rowCount() > 0)
        return setCurrentWidget(m_table);
    const int hidden = total();
    if (hidden == 0) {
        refreshWaiting();
        return setCurrentWidget(m_waiting);
    }
    m_noMatch->setHeading(tr("0 of %1 match").arg(hidden));
    setCurrentWidget(m_noMatch);
}

void RequestsPane::refreshWaiting()
{
    const bool online = m_tunnel && m_tunnel->online();
    const bool paused = online && m_tunnel->status.paused;
    const bool stopped = m_tunnel && !m_tunnel->running() && m_tunnel->status.phase != client::Phase::Failed;
    m_invitation->setVisible(online && !paused);
    m_act->setVisible(paused || stopped);
    m_act->setText(paused ? tr("Resume") : tr("Start"));
    if (!m_tunnel)
        return tellWaiting(Glyph::Globe, tr("No requests yet"), tr("What visitors ask for appears here at once."));
    const QString name = titleOf(*m_tunnel);
    if (paused)
        return tellWaiting(Glyph::StatusPaused, tr("%1 is paused").arg(name),
                           tr("Visitors get “503 Service Unavailable” until it goes on."));
    if (stopped)
        return tellWaiting(Glyph::StatusIdle, tr("%1 is stopped").arg(name),
                           tr("Start it, and %1 can be reached from outside.").arg(targetText(m_tunnel->entry)));
    if (!online)
        return tellWaiting(Glyph::StatusPending, tr("%1 is not online").arg(name),
                           tr("Requests appear here as soon as it is."));
    m_line->setText(QStringLiteral("curl -i ") + m_tunnel->publicUrl);
    m_qr->setText(m_tunnel->publicUrl);
    tellWaiting(Glyph::Globe, tr("Waiting for the first request"),
                tr("Open the address above, try it from a terminal, or scan it."));
}

void RequestsPane::tellWaiting(Glyph glyph, const QString &heading, const QString &sentence)
{
    m_waiting->setGlyph(glyph);
    m_waiting->setHeading(heading);
    m_waiting->setSentence(sentence);
}

} // namespace ui
