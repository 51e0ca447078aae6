#include "ui/widgets/badge_label.h"

#include "ui/theme/metrics.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace ui {

namespace {

constexpr int kBadgePad = 8; // left and right of what is inside

QFont badgeFont(const Theme &theme)
{
    QFont font = theme.small();
    font.setWeight(QFont::DemiBold);
    return font;
}

int wordWidth(const QFontMetrics &metrics, const QString &word)
{
    return metrics.horizontalAdvance(word) + 1; // elidedText() counts fractions that the advance rounds off
}

int glyphSide(const QFontMetrics &metrics)
{
    return std::max(12, metrics.height() * 3 / 4 / kGrid * kGrid);
}

} // namespace

QSize badgeSize(const Badge &badge, const Theme &theme)
{
    const QFontMetrics metrics(badgeFont(theme));
    const int width = 2 * kBadgePad + glyphSide(metrics) + kGrid + wordWidth(metrics, badge.word);
    return {width, std::max(kBadgeHeight, metrics.height() + kGrid)};
}

void paintBadge(QPainter &painter, const QRect &cell, const Badge &badge, const Theme &theme, Qt::Alignment alignment)
{
    const QFont font = badgeFont(theme);
    const QFontMetrics metrics(font);
    const int side = glyphSide(metrics);
    const QSize wanted = badgeSize(badge, theme);
    const QRect pill = QStyle::alignedRect(Qt::LeftToRight, alignment, wanted.boundedTo(cell.size()), cell);
    const QRect glyph(pill.left() + kBadgePad, pill.top() + (pill.height() - side) / 2, side, side);
    const QRect word(glyph.right() + 1 + kGrid, pill.top(), pill.right() - kBadgePad - glyph.right() - kGrid,
                     pill.height());

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(badge.background);
    painter.drawRoundedRect(pill, pill.height() / 2.0, pill.height() / 2.0);
    theme.icon(badge.glyph, badge.color).paint(&painter, glyph);
    painter.setPen(badge.color);
    painter.setFont(font);
    painter.drawText(word, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     metrics.elidedText(badge.word, Qt::ElideRight, word.width()));
    painter.restore();
}

BadgeLabel::BadgeLabel(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void BadgeLabel::setBadge(const Badge &badge)
{
    m_badge = badge;
    setAccessibleName(badge.word);
    updateGeometry();
    update();
}

QSize BadgeLabel::sizeHint() const
{
    return badgeSize(m_badge, m_theme);
}

QSize BadgeLabel::minimumSizeHint() const
{
    return sizeHint();
}

void BadgeLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBadge(painter, rect(), m_badge, m_theme);
}

void BadgeLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

} // namespace ui
