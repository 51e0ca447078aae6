#include "ui/models/port_model.h"

#include "ui/models/roles.h"

#include <algorithm>

namespace ui {

namespace {

// "Port 3000, node, Vite + React"
QString spoken(const discovery::Suggestion &suggestion)
{
    QStringList parts{PortModel::tr("Port %1").arg(suggestion.listening.port)};
    parts << suggestion.listening.process << suggestion.title;
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

} // namespace

void PortModel::setSuggestions(const QList<discovery::Suggestion> &suggestions)
{
    removeMissing(suggestions);
    for (int row = 0; row < int(suggestions.size()); ++row)
        put(row, suggestions.at(row));
}

void PortModel::removeMissing(const QList<discovery::Suggestion> &suggestions)
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        const auto port = m_rows.at(row).listening.port;
        if (std::ranges::any_of(suggestions, [&](const auto &s) { return s.listening.port == port; }))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        endRemoveRows();
    }
}

void PortModel::put(int row, const discovery::Suggestion &suggestion)
{
    const int at = rowOf(suggestion.listening.port);
    if (at < 0) {
        beginInsertRows({}, row, row);
        m_rows.insert(row, suggestion);
        endInsertRows();
        return;
    }
    if (at != row) { // rows before `row` are in place already: it can only move up
        beginMoveRows({}, at, at, {}, row);
        m_rows.move(at, row);
        endMoveRows();
    }
    m_rows[row] = suggestion;
    Q_EMIT dataChanged(index(row), index(row));
}

int PortModel::rowOf(quint16 port) const
{
    const auto found =
        std::ranges::find_if(m_rows, [&](const auto &suggestion) { return suggestion.listening.port == port; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

int PortModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant PortModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    switch (role) {
    case Qt::DisplayRole: return QString::number(m_rows.at(index.row()).listening.port);
    case Qt::AccessibleTextRole: return spoken(m_rows.at(index.row()));
    case SuggestionRole: return QVariant::fromValue(m_rows.at(index.row()));
    default: return {};
    }
}

} // namespace ui
