#include "ui/models/exchange_filter_model.h"

#include <compare>

namespace ui {

namespace {

std::strong_ordering order(const QString &left, const QString &right)
{
    return left.compare(right, Qt::CaseInsensitive) <=> 0;
}

// A pending one counts as 0: what was not answered yet has neither status nor duration.
std::strong_ordering compare(const client::ExchangeSummary &left, const client::ExchangeSummary &right,
                             ExchangeColumn column)
{
    switch (column) {
    case ExchangeColumn::Marker: return left.state <=> right.state;
    case ExchangeColumn::Method: return order(left.method, right.method);
    case ExchangeColumn::Path: return order(left.target, right.target);
    case ExchangeColumn::Status: return left.status <=> right.status;
    case ExchangeColumn::Duration: return left.durationUs <=> right.durationUs;
    case ExchangeColumn::Size: return left.responseBytes <=> right.responseBytes;
    case ExchangeColumn::Tunnel: return order(left.tunnelName, right.tunnelName);
    case ExchangeColumn::Time: break;
    }
    return left.key <=> right.key;
}

} // namespace

ExchangeFilterModel::ExchangeFilterModel(ExchangeModel &source, QObject *parent)
    : QSortFilterProxyModel(parent), m_source(source)
{
    setSourceModel(&source);
}

// invalidate() and not invalidateFilter(): one change of layout costs 20,000 rows a few milliseconds, while rows that
// leave and come one by one cost the view seconds.
void ExchangeFilterModel::setQuery(const ExchangeQuery &query)
{
    m_query = query;
    invalidate();
}

void ExchangeFilterModel::setTunnel(const QString &id)
{
    if (id == m_tunnel)
        return;
    m_tunnel = id;
    invalidate();
}

const client::ExchangeSummary &ExchangeFilterModel::summary(int row) const
{
    return m_source.summary(mapToSource(index(row, 0)).row());
}

int ExchangeFilterModel::rowOf(quint64 key) const
{
    const int row = m_source.rowOf(key);
    return row < 0 ? -1 : mapFromSource(m_source.index(row, 0)).row();
}

bool ExchangeFilterModel::filterAcceptsRow(int sourceRow, const QModelIndex & /*parent*/) const
{
    const auto &exchange = m_source.summary(sourceRow);
    return (m_tunnel.isEmpty() || exchange.tunnelId == m_tunnel) && m_query.matches(exchange);
}

bool ExchangeFilterModel::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const auto &a = m_source.summary(left.row());
    const auto &b = m_source.summary(right.row());
    const auto result = compare(a, b, ExchangeColumn(left.column()));
    return result != 0 ? result < 0 : a.key < b.key;
}

} // namespace ui
