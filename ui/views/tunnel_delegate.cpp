#include "ui/views/tunnel_delegate.h"

#include "ui/models/roles.h"
#include "ui/text/access_text.h"
#include "ui/text/status_text.h"
#include "ui/theme/metrics.h"

#include <QPainter>
#include <QPainterPath>

namespace ui {

namespace {

constexpr int kInset = kGrid; // of the row's background, left and right
constexpr int kMoreSide = 6 * kGrid;
constexpr int kShapeSide = 3 * kGrid; // of who may reach it

QFont nameFont(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

QString bareUrl(const QString &url)
{
    QString bare = url;
    if (bare.startsWith(u"http://"))
        bare.remove(0, 7);
    else if (bare.startsWith(u"https://"))
        bare.remove(0, 8);
    return bare.endsWith(u'/') ? bare.chopped(1) : bare;
}

} // namespace

TunnelDelegate::TunnelDelegate(const Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme)
{
}

QRect TunnelDelegate::moreRect(const QRect &row)
{
    return {row.right() - kInset - kGrid - kMoreSide, row.top() + kGrid, kMoreSide, kMoreSide};
}

void TunnelDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto tunnel = index.data(TunnelRole).value<workspace::TunnelInfo>();
    const auto &colors = m_theme.colors();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QPainterPath background;
    background.addRoundedRect(QRectF(option.rect).adjusted(kInset, 1, -kInset, -1), kRadius, kRadius);
    if (selected || hovered)
        painter->fillPath(background, selected ? colors.selection : colors.hover);
    if (option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(colors.accent, 2));
        painter->drawPath(background);
    }
    painter->setFont(option.font);
    QRect area = option.rect.adjusted(kInset + kGap, kGap, -kInset - kGap, -kGap);
    if (hovered || selected) {
        const QRect more = moreRect(option.rect);
        m_theme.icon(Glyph::More, colors.muted).paint(painter, more.adjusted(kGrid, kGrid, -kGrid, -kGrid));
    }
    paintLines(*painter, area, tunnel);
    painter->restore();
}

void TunnelDelegate::paintLines(QPainter &painter, const QRect &area, const workspace::TunnelInfo &tunnel) const
{
    const auto &colors = m_theme.colors();
    const auto badge = badgeOf(tunnel.status, colors);
    const QFont name = nameFont(painter.font());
    const QFontMetrics large(name);
    const QFontMetrics small(m_theme.small());
    const int left = kIconSize + kGap;
    QRect line(area.left() + left, area.top(), area.width() - left - kMoreSide, large.height());
    m_theme.icon(badge.glyph, badge.color)
        .paint(&painter, QRect(area.left(), line.center().y() - kIconSize / 2 + 1, kIconSize, kIconSize));
    painter.setFont(name);
    painter.setPen(colors.text);
    painter.drawText(line, Qt::AlignVCenter, large.elidedText(titleOf(tunnel), Qt::ElideMiddle, line.width()));

    painter.setFont(m_theme.small());
    line = QRect(line.left(), line.bottom() + 1 + kGrid / 2, area.width() - left, small.height());
    painter.setPen(badge.color);
    painter.drawText(line, Qt::AlignVCenter, badge.word);
    const int word = small.horizontalAdvance(badge.word + u' ');
    painter.setPen(colors.muted);
    const QString target = QStringLiteral("· ") + targetText(tunnel.entry);
    painter.drawText(line.adjusted(word, 0, 0, 0), Qt::AlignVCenter,
                     small.elidedText(target, Qt::ElideMiddle, line.width() - word));
    line.translate(0, small.height() + kGrid / 2);
    line.setRight(paintAccess(painter, line, tunnel));
    painter.drawText(line, Qt::AlignVCenter,
                     small.elidedText(bareUrl(tunnel.publicUrl), Qt::ElideMiddle, line.width()));
}

// Shapes only, right-aligned; the row's tooltip and the header have the words. Returns where they begin.
int TunnelDelegate::paintAccess(QPainter &painter, const QRect &line, const workspace::TunnelInfo &tunnel) const
{
    const auto badges = accessBadges(tunnel.entry.access, m_theme.colors());
    int right = line.right();
    for (auto badge = badges.crbegin(); badge != badges.crend(); ++badge) {
        const QRect place(right - kShapeSide + 1, line.center().y() - kShapeSide / 2 + 1, kShapeSide, kShapeSide);
        m_theme.icon(badge->glyph, badge->color).paint(&painter, place);
        right = place.left() - kGrid;
    }
    return right;
}

QSize TunnelDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex & /*index*/) const
{
    const int lines = QFontMetrics(nameFont(option.font)).height() + 2 * (QFontMetrics(m_theme.small()).height() + 2);
    return {40 * kGrid, lines + 2 * kGap};
}

} // namespace ui
