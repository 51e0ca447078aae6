#include "ui/views/suggestion_delegate.h"

#include "discovery/port_scout.h"
#include "ui/models/roles.h"
#include "ui/theme/metrics.h"

#include <QPainter>

namespace ui {

SuggestionDelegate::SuggestionDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme)
{
}

void SuggestionDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto suggestion = index.data(SuggestionRole).value<discovery::Suggestion>();
    const auto &colors = m_theme.colors();
    painter->save();
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, colors.selection);
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(option.rect, colors.hover);
    QRect cell = option.rect.adjusted(kPad, 0, -kPad, 0);
    const QRect icon(cell.left(), cell.center().y() - kIconSize / 2 + 1, kIconSize, kIconSize);
    const auto glyph = suggestion.http ? (suggestion.tls ? Glyph::Lock : Glyph::Globe) : Glyph::Server;
    m_theme.icon(glyph, suggestion.http ? colors.accent : colors.muted).paint(painter, icon);
    cell.setLeft(icon.right() + kGap);

    const QFontMetrics metrics(option.font);
    const auto put = [&](const QString &text, const QFont &font, const QColor &color, int width) {
        painter->setFont(font);
        painter->setPen(color);
        painter->drawText(cell, Qt::AlignVCenter, QFontMetrics(font).elidedText(text, Qt::ElideRight, cell.width()));
        cell.setLeft(cell.left() + width + kPad);
    };
    QFont bold = option.font;
    bold.setWeight(QFont::DemiBold);
    put(QString::number(suggestion.listening.port), bold, colors.text,
        QFontMetrics(bold).horizontalAdvance(QStringLiteral("65535")));
    const QString process = suggestion.listening.process;
    if (!process.isEmpty())
        put(process, option.font, colors.text, metrics.horizontalAdvance(process));
    put(suggestion.title, option.font, colors.muted, 0);
    painter->restore();
}

QSize SuggestionDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex & /*index*/) const
{
    return {60 * kGrid, std::max(kRowHeight, option.fontMetrics.height() + 2 * kGap)};
}

} // namespace ui
