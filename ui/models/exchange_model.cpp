#include "ui/models/exchange_model.h"

#include "ui/models/roles.h"
#include "ui/text/plain_tip.h"
#include "ui/text/status_text.h"
#include "wire/limits.h"

#include <QLocale>

namespace ui {

namespace {

// What the marker's glyph means, in words.
QString markerText(const client::ExchangeSummary &exchange)
{
    if (hasFailed(exchange))
        return ExchangeModel::tr("Failed");
    if (exchange.origin == client::ExchangeOrigin::Replay)
        return ExchangeModel::tr("Replay");
    if (exchange.origin == client::ExchangeOrigin::Import)
        return ExchangeModel::tr("Imported from a file");
    if (!exchange.upgrade.isEmpty())
        return ExchangeModel::tr("Connection upgraded to %1").arg(exchange.upgrade);
    return {};
}

int alignmentOf(ExchangeColumn column)
{
    const bool number = column == ExchangeColumn::Duration || column == ExchangeColumn::Size;
    return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

} // namespace

ExchangeModel::ExchangeModel(traffic::ExchangeStore &store, QObject *parent)
    : QAbstractTableModel(parent), m_store(store)
{
    using Store = traffic::ExchangeStore;
    connect(&store, &Store::aboutToAppend, this, [this](qsizetype rows) {
        const int first = int(m_store.count());
        beginInsertRows({}, first, first + int(rows) - 1);
    });
    connect(&store, &Store::appended, this, [this] { endInsertRows(); });
    connect(&store, &Store::aboutToEvict, this, [this](qsizetype rows) { beginRemoveRows({}, 0, int(rows) - 1); });
    connect(&store, &Store::evictedRows, this, [this] { endRemoveRows(); });
    connect(&store, &Store::aboutToReset, this, [this] { beginResetModel(); });
    connect(&store, &Store::reset, this, [this] { endResetModel(); });
    connect(&store, &Store::changed, this, [this](qsizetype first, qsizetype last) {
        Q_EMIT dataChanged(index(int(first), 0), index(int(last), kExchangeColumns - 1));
    });
}

int ExchangeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_store.count());
}

int ExchangeModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kExchangeColumns;
}

QVariant ExchangeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto column = ExchangeColumn(index.column());
    const auto &exchange = summary(index.row());
    switch (role) {
    case Qt::DisplayRole: return text(exchange, column);
    case Qt::ToolTipRole: return plainTip(tooltip(exchange, column));
    case Qt::TextAlignmentRole: return alignmentOf(column);
    case KeyRole: return exchange.key;
    case SummaryRole: return QVariant::fromValue(exchange);
    default: return {};
    }
}

QVariant ExchangeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= kExchangeColumns)
        return {};
    const auto column = ExchangeColumn(section);
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(column);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case ExchangeColumn::Marker: return QString();
    case ExchangeColumn::Time: return tr("Time");
    case ExchangeColumn::Method: return tr("Method");
    case ExchangeColumn::Path: return tr("Path");
    case ExchangeColumn::Status: return tr("Status");
    case ExchangeColumn::Duration: return tr("Duration");
    case ExchangeColumn::Size: return tr("Size");
    case ExchangeColumn::Tunnel: return tr("Tunnel");
    }
    return {};
}

QString ExchangeModel::text(const client::ExchangeSummary &exchange, ExchangeColumn column) const
{
    const bool pending = exchange.state == client::ExchangeState::Pending;
    switch (column) {
    case ExchangeColumn::Marker: return markerText(exchange);
    case ExchangeColumn::Time: return exchange.started.toLocalTime().toString(QStringLiteral("HH:mm:ss"));
    case ExchangeColumn::Method: return exchange.method;
    case ExchangeColumn::Path: return exchange.target;
    case ExchangeColumn::Status: return badgeOf(exchange, m_colors).word;
    case ExchangeColumn::Duration: return pending ? QStringLiteral("–") : durationText(exchange.durationUs);
    case ExchangeColumn::Size:
        return pending && exchange.responseBytes == 0 ? QStringLiteral("–") : sizeText(exchange.responseBytes);
    case ExchangeColumn::Tunnel: return exchange.tunnelName;
    }
    return {};
}

QString ExchangeModel::tooltip(const client::ExchangeSummary &exchange, ExchangeColumn column) const
{
    switch (column) {
    case ExchangeColumn::Marker: return markerText(exchange);
    case ExchangeColumn::Time: return QLocale().toString(exchange.started.toLocalTime(), QLocale::LongFormat);
    case ExchangeColumn::Path: return exchange.target.left(qsizetype(wire::kShownLineChars));
    case ExchangeColumn::Status: return explanation(exchange);
    case ExchangeColumn::Tunnel: return exchange.tunnelName;
    default: return {};
    }
}

} // namespace ui
