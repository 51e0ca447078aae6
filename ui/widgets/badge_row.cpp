#include "ui/widgets/badge_row.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/badge_label.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace ui {

BadgeRow::BadgeRow(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void BadgeRow::setBadges(const QList<Badge> &badges, const QString &spoken)
{
    m_badges = badges;
    setAccessibleName(spoken);
    setToolTip(spoken);
    updateGeometry();
    update();
}

QSize BadgeRow::sizeHint() const
{
    QSize size(0, kBadgeHeight);
    for (const Badge &badge : m_badges) {
        const QSize one = badgeSize(badge, m_theme);
        size = {size.width() + one.width() + (size.width() > 0 ? kGrid : 0), std::max(size.height(), one.height())};
    }
    return size;
}

QSize BadgeRow::minimumSizeHint() const
{
    return {kBadgeHeight, sizeHint().height()};
}

void BadgeRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QRect left = rect();
    for (const Badge &badge : m_badges) {
        const int wanted = badgeSize(badge, m_theme).width();
        const bool first = left.left() == rect().left();
        if (wanted > left.width() && !first)
            return;
        paintBadge(painter, left, badge, m_theme); // the first one is elided when there is no room at all
        left.setLeft(left.left() + wanted + kGrid);
    }
}

void BadgeRow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

} // namespace ui
