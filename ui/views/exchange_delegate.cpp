#include "ui/views/exchange_delegate.h"

#include "ui/models/exchange_model.h"
#include "ui/models/roles.h"
#include "ui/text/status_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/badge_label.h"
#include "wire/limits.h"

#include <QHeaderView>
#include <QPainter>
#include <QTableView>

namespace ui {

namespace {

constexpr int kFocusBar = 3; // at the left of the current row
constexpr int kSortArrow = 12; // which the style leaves room for at the right of headers

QRect contents(const QRect &cell)
{
    return cell.adjusted(kGap, 0, -kGap, 0);
}

} // namespace

ExchangeDelegate::ExchangeDelegate(const Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme)
{
    connect(&theme, &Theme::changed, this, [this] { m_pixmaps.clear(); });
}

void ExchangeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    paintBackground(*painter, option, index);
    const auto exchange = [&index] { return index.data(SummaryRole).value<client::ExchangeSummary>(); };
    const auto column = ExchangeColumn(index.column());
    const QRect cell = contents(option.rect);
    if (column == ExchangeColumn::Marker)
        return paintMarker(*painter, option.rect, exchange());
    if (column == ExchangeColumn::Status)
        return paintBadge(*painter, cell, badgeOf(exchange(), m_theme.colors()), m_theme);
    if (column == ExchangeColumn::Path)
        return paintPath(*painter, cell, exchange().target);
    const bool main = column == ExchangeColumn::Method;
    painter->setPen(main ? m_theme.colors().text : m_theme.colors().muted);
    const auto alignment = index.data(Qt::TextAlignmentRole).toInt();
    const QString text = index.data().toString();
    const QRect room = alignment & Qt::AlignRight ? cell.adjusted(0, 0, -kSortArrow, 0) : cell;
    painter->drawText(room, alignment, option.fontMetrics.elidedText(text, Qt::ElideRight, room.width()));
}

void ExchangeDelegate::paintBackground(QPainter &painter, const QStyleOptionViewItem &option,
                                       const QModelIndex &index) const
{
    const auto &colors = m_theme.colors();
    painter.setFont(option.font);
    if (option.state.testFlag(QStyle::State_Selected))
        painter.fillRect(option.rect, colors.selection);
    else if (index.row() == m_hovered)
        painter.fillRect(option.rect, colors.hover);
    const auto *table = qobject_cast<const QTableView *>(option.widget);
    if (table && table->hasFocus() && index.row() == table->currentIndex().row() &&
        table->horizontalHeader()->visualIndex(index.column()) == 0)
        painter.fillRect(QRect(option.rect.topLeft(), QSize(kFocusBar, option.rect.height())), colors.accent);
}

void ExchangeDelegate::paintMarker(QPainter &painter, const QRect &cell, const client::ExchangeSummary &exchange) const
{
    const auto &colors = m_theme.colors();
    std::optional<std::pair<Glyph, QColor>> marker;
    if (hasFailed(exchange))
        marker.emplace(Glyph::Error, colors.danger);
    else if (exchange.origin == client::ExchangeOrigin::Replay)
        marker.emplace(Glyph::Replay, colors.accent);
    else if (exchange.origin == client::ExchangeOrigin::Import)
        marker.emplace(Glyph::Upload, colors.muted);
    else if (!exchange.upgrade.isEmpty())
        marker.emplace(Glyph::Link, colors.info);
    if (!marker)
        return;
    QRect target(0, 0, kIconSize, kIconSize);
    target.moveCenter(cell.center());
    painter.drawPixmap(target, pixmap(marker->first, marker->second, painter.device()->devicePixelRatioF()));
}

void ExchangeDelegate::paintPath(QPainter &painter, const QRect &cell, const QString &target) const
{
    const auto &colors = m_theme.colors();
    const QFontMetrics metrics(painter.font());
    const QString bounded = target.left(qsizetype(wire::kShownLineChars));
    const QString shown = metrics.elidedText(bounded, Qt::ElideMiddle, cell.width());
    const auto query = shown.indexOf(u'?');
    const QString path = query < 0 ? shown : shown.left(query);
    painter.setPen(colors.text);
    painter.drawText(cell, Qt::AlignLeft | Qt::AlignVCenter, path);
    if (query < 0)
        return;
    painter.setPen(colors.muted);
    painter.drawText(cell.adjusted(metrics.horizontalAdvance(path), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     shown.mid(query));
}

const QPixmap &ExchangeDelegate::pixmap(Glyph glyph, const QColor &color, qreal ratio) const
{
    if (!qFuzzyCompare(ratio, m_ratio))
        m_pixmaps.clear();
    m_ratio = ratio;
    auto &pixmap = m_pixmaps[{glyph, color.rgba()}];
    if (pixmap.isNull())
        pixmap = m_theme.icon(glyph, color).pixmap(QSize(kIconSize, kIconSize), ratio);
    return pixmap;
}

QSize ExchangeDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto column = ExchangeColumn(index.column());
    if (column == ExchangeColumn::Marker)
        return {kIconSize + kGap, kRowHeight};
    return {option.fontMetrics.horizontalAdvance(index.data().toString()) + 2 * kGap, kRowHeight};
}

} // namespace ui
