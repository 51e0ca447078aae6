#include "ui/views/message_view.h"

#include "ui/text/status_text.h"
#include "ui/theme/metrics.h"
#include "ui/views/body_view.h"
#include "ui/views/header_table.h"

#include <algorithm>

namespace ui {

namespace {

const wire::HeaderList &headersOf(const traffic::Exchange &exchange, MessageView::Side side)
{
    static const wire::HeaderList none;
    if (side == MessageView::Side::Request)
        return exchange.request ? exchange.request->headers : none;
    return exchange.response ? exchange.response->headers : none;
}

} // namespace

MessageView::MessageView(const Theme &theme, Side side, QWidget *parent)
    : QSplitter(Qt::Vertical, parent),
      m_side(side),
      m_headers(new HeaderTable(theme, this)),
      m_body(new BodyView(theme, this))
{
    m_headers->setTitle(side == Side::Request ? tr("Request headers") : tr("Response headers"));
    m_headers->setMinimumHeight(18 * kGrid);
    m_body->setMinimumHeight(24 * kGrid);
    setChildrenCollapsible(false);
    setHandleWidth(1);
    setStretchFactor(1, 1);
    connect(this, &QSplitter::splitterMoved, this, [this] { m_placed = true; });
    connect(m_headers, &HeaderTable::fitted, this, [this] { fit(); });
}

void MessageView::setExchange(const traffic::Exchange &exchange)
{
    m_headers->setHeaders(headersOf(exchange, m_side));
    const QString why = whyNoBody(exchange);
    if (why.isEmpty())
        showBody(exchange);
    else
        m_body->showNothing(why);
}

void MessageView::restorePlaces(const QByteArray &state)
{
    m_placed = restoreState(state);
}

void MessageView::fit()
{
    if (m_placed)
        return;
    const int headers = std::min(m_headers->contentHeight(), height() * 2 / 5);
    setSizes({headers, height() - headers});
}

void MessageView::resizeEvent(QResizeEvent *event)
{
    QSplitter::resizeEvent(event);
    fit();
}

QString MessageView::whyNoBody(const traffic::Exchange &exchange) const
{
    const auto &summary = exchange.summary;
    const bool request = m_side == Side::Request;
    const bool pending = summary.state == client::ExchangeState::Pending;
    if (exchange.bodiesDropped)
        return tr("No longer kept: the bodies of newer requests needed the room.");
    if (!(request ? exchange.requestBody : exchange.responseBody).isEmpty())
        return {};
    if (!request && !exchange.response && pending)
        return tr("Waiting for the response…");
    if (!request && !exchange.response)
        return tr("There was no response.");
    if (!request && !summary.upgrade.isEmpty())
        return tr("The connection became %1. What passed through it is not recorded.").arg(summary.upgrade);
    if ((request ? summary.requestBytes : summary.responseBytes) > 0 && !pending)
        return tr("The body was not recorded. Settings › Record bodies turns that on.");
    return {};
}

void MessageView::showBody(const traffic::Exchange &exchange)
{
    const auto &headers = headersOf(exchange, m_side);
    const bool request = m_side == Side::Request;
    m_body->show(wire::findHeader(headers, "content-type").value_or(""),
                 wire::findHeader(headers, "content-encoding").value_or(""),
                 request ? exchange.requestBody : exchange.responseBody,
                 request ? exchange.requestCut : exchange.responseCut);
}

} // namespace ui
