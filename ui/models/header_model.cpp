#include "ui/models/header_model.h"

#include "ui/models/masked_value.h"
#include "wire/limits.h"

#include <algorithm>

namespace ui {

namespace {

QString latin1(const std::string &text)
{
    return QString::fromLatin1(text);
}

} // namespace

void HeaderModel::setHeaders(const wire::HeaderList &headers)
{
    beginResetModel();
    m_rows.clear();
    for (const auto &field : headers) {
        Row row{latin1(field.name), QString::fromUtf8(field.value), {}};
        row.masked = maskedValue(row.name, row.value);
        m_rows.append(row);
    }
    m_hasSecrets = std::ranges::any_of(m_rows, [](const Row &row) { return row.masked != row.value; });
    endResetModel();
}

void HeaderModel::setRevealed(bool revealed)
{
    m_revealed = revealed;
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, Value), index(rowCount() - 1, Value));
}

QString HeaderModel::line(int row) const
{
    return m_rows.at(row).name + QStringLiteral(": ") + m_rows.at(row).value;
}

int HeaderModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int HeaderModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 2;
}

QVariant HeaderModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || role != Qt::DisplayRole)
        return {};
    const auto &row = m_rows.at(index.row());
    return index.column() == Name ? row.name : shown(row);
}

QVariant HeaderModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Name") : tr("Value");
}

QString HeaderModel::shown(const Row &row) const
{
    const QString &text = m_revealed ? row.value : row.masked;
    const auto bound = qsizetype(wire::kShownHeaderBytes);
    if (text.size() <= bound)
        return text;
    return text.left(bound) + tr(" … and %1 more characters").arg(text.size() - bound);
}

} // namespace ui
