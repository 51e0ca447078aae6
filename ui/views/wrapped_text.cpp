#include "ui/views/wrapped_text.h"

#include "ui/models/header_model.h"
#include "ui/theme/metrics.h"

#include <QPainter>
#include <QTableView>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

constexpr int kMargin = 3; // above and below
constexpr int kMaxHeight = 60 * kGrid; // of one row: a longer value scrolls everything else away

// Lays the text out in lines of this width; its height.
qreal layOut(QTextLayout &layout, qreal width)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    qreal y = 0;
    for (auto line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max<qreal>(width, 1));
        line.setPosition({0, y});
        y += line.height();
    }
    layout.endLayout();
    return y;
}

QRect textRect(const QRect &cell, int column)
{
    return cell.adjusted(column == HeaderModel::Name ? kPad : kGap, kMargin, -kGap, -kMargin);
}

} // namespace

WrappedTextDelegate::WrappedTextDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme)
{
}

void WrappedTextDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto &colors = m_theme.colors();
    painter->save();
    painter->setClipRect(option.rect);
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, colors.selection);
    painter->setPen(index.column() == HeaderModel::Name ? colors.key : colors.text);
    const QRect rect = textRect(option.rect, index.column());
    QTextLayout layout(index.data().toString(), m_theme.monospace());
    layOut(layout, rect.width());
    layout.draw(painter, rect.topLeft());
    painter->restore();
}

QSize WrappedTextDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *table = qobject_cast<const QTableView *>(option.widget);
    QTextLayout layout(index.data().toString(), m_theme.monospace());
    const bool value = index.column() == HeaderModel::Value;
    const int margins = (value ? kGap : kPad) + kGap;
    const qreal width = table ? table->columnWidth(index.column()) - margins : 1e5;
    const qreal height = layOut(layout, width);
    const int natural = int(std::ceil(layout.maximumWidth()));
    return {natural + margins, std::min(int(std::ceil(height)) + 2 * kMargin, kMaxHeight)};
}

} // namespace ui
