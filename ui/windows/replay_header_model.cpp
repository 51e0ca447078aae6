#include "ui/windows/replay_header_model.h"

#include "ui/models/masked_value.h"
#include "ui/text/plain_tip.h"
#include "wire/http_head.h"

#include <QFont>

#include <algorithm>

namespace ui {

ReplayHeaderModel::ReplayHeaderModel(const Theme &theme, QObject *parent) : QAbstractTableModel(parent), m_theme(theme)
{
    connect(&theme, &Theme::changed, this,
            [this] { Q_EMIT dataChanged(index(0, Enabled), index(rowCount() - 1, Value)); });
}

void ReplayHeaderModel::setHeaders(const QList<traffic::DraftHeader> &headers)
{
    beginResetModel();
    m_rows = headers;
    m_rows.append(traffic::DraftHeader{});
    endResetModel();
}

void ReplayHeaderModel::append(const QList<traffic::DraftHeader> &headers)
{
    if (headers.isEmpty())
        return;
    const int first = int(m_rows.size()) - 1;
    beginInsertRows({}, first, first + int(headers.size()) - 1);
    m_rows = this->headers() + headers + QList{m_rows.last()};
    endInsertRows();
    Q_EMIT edited();
}

void ReplayHeaderModel::remove(const QList<int> &rows)
{
    auto sorted = rows;
    std::ranges::sort(sorted, std::ranges::greater{});
    for (const int row : sorted) {
        if (row < 0 || isBlank(row))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        endRemoveRows();
    }
    Q_EMIT edited();
}

void ReplayHeaderModel::toggle(const QList<int> &rows)
{
    for (const int row : rows) {
        if (!isBlank(row))
            setData(index(row, Enabled), m_rows[row].enabled ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
    }
}

void ReplayHeaderModel::setRevealed(bool revealed)
{
    m_revealed = revealed;
    Q_EMIT dataChanged(index(0, Value), index(rowCount() - 1, Value), {Qt::DisplayRole});
}

bool ReplayHeaderModel::hasSecrets() const
{
    return std::ranges::any_of(
        m_rows, [](const auto &header) { return maskedValue(header.name, header.value) != header.value; });
}

QString ReplayHeaderModel::line(int row) const
{
    return isBlank(row) ? QString() : m_rows[row].name + QStringLiteral(": ") + m_rows[row].value;
}

int ReplayHeaderModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ReplayHeaderModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 3;
}

QString ReplayHeaderModel::shown(const traffic::DraftHeader &header, int column) const
{
    if (column != Value)
        return column == Name ? header.name : QString();
    return m_revealed ? header.value : maskedValue(header.name, header.value);
}

QVariant ReplayHeaderModel::blankData(int column, int role) const
{
    if (role == Qt::DecorationRole && column == Enabled)
        return m_theme.icon(Glyph::Add, m_theme.colors().muted);
    if (role == Qt::DisplayRole && column == Name)
        return tr("Add a header");
    if (role == Qt::ForegroundRole)
        return m_theme.colors().muted;
    if (role == Qt::AccessibleTextRole && column != Enabled)
        return column == Name ? tr("Name of a new header") : tr("Value of a new header");
    return {};
}

QVariant ReplayHeaderModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (isBlank(index.row()))
        return blankData(index.column(), role);
    const auto &header = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole: return index.column() == Enabled ? QVariant() : shown(header, index.column());
    case Qt::EditRole: return index.column() == Value ? header.value : shown(header, index.column());
    case Qt::ToolTipRole:
        return header.enabled ? plainTip(shown(header, index.column())) : tr("Switched off: it is not sent");
    case Qt::CheckStateRole:
        return index.column() == Enabled ? QVariant(header.enabled ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::AccessibleTextRole:
        return index.column() == Enabled ? tr("Send %1").arg(header.name) : shown(header, index.column());
    case Qt::FontRole: return m_theme.monospace();
    case Qt::ForegroundRole: {
        const auto &colors = m_theme.colors();
        return !header.enabled ? colors.disabled : index.column() == Name ? colors.key : colors.text;
    }
    default: return {};
    }
}

QVariant ReplayHeaderModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Enabled ? tr("Sent") : section == Name ? tr("Name") : tr("Value");
}

Qt::ItemFlags ReplayHeaderModel::flags(const QModelIndex &index) const
{
    const auto flags = QAbstractTableModel::flags(index);
    if (!index.isValid())
        return flags;
    if (index.column() != Enabled)
        return flags | Qt::ItemIsEditable;
    return isBlank(index.row()) ? flags : flags | Qt::ItemIsUserCheckable;
}

bool ReplayHeaderModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role == Qt::EditRole)
        return setText(index, value.toString());
    if (role != Qt::CheckStateRole || isBlank(index.row()) || index.column() != Enabled)
        return false;
    m_rows[index.row()].enabled = value.toInt() == Qt::Checked;
    Q_EMIT dataChanged(index, index.siblingAtColumn(Value));
    Q_EMIT edited();
    return true;
}

// What is typed into the empty row makes a field of it, so that the cursor stays there; another one comes after it.
bool ReplayHeaderModel::setText(const QModelIndex &index, const QString &text)
{
    const QString trimmed = text.trimmed();
    const bool wasBlank = isBlank(index.row());
    auto &row = m_rows[index.row()];
    auto &field = index.column() == Name ? row.name : row.value;
    if (field == trimmed)
        return !wasBlank;
    field = trimmed;
    if (wasBlank) {
        beginInsertRows({}, index.row() + 1, index.row() + 1);
        m_rows.append(traffic::DraftHeader{});
        endInsertRows();
    }
    Q_EMIT dataChanged(index.siblingAtColumn(Enabled), index.siblingAtColumn(Value));
    Q_EMIT edited();
    return true;
}

QList<traffic::DraftHeader> headersFromText(const QString &text)
{
    QList<traffic::DraftHeader> headers;
    const auto lines = text.split(u'\n');
    for (const auto &line : lines) {
        const auto colon = line.indexOf(u':');
        const auto name = line.left(std::max<qsizetype>(colon, 0)).trimmed();
        if (wire::isToken(name.toStdString()))
            headers.append({true, name, line.mid(colon + 1).trimmed()});
    }
    return headers;
}

} // namespace ui
