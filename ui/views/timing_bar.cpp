#include "ui/views/timing_bar.h"

#include "ui/text/status_text.h"
#include "ui/theme/metrics.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace ui {

namespace {

constexpr int kBarHeight = 2 * kGrid;

} // namespace

TimingBar::TimingBar(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] { update(); });
}

void TimingBar::setTimes(qint64 firstByteUs, qint64 durationUs)
{
    m_duration = std::max<qint64>(durationUs, 0);
    m_firstByte = std::clamp<qint64>(firstByteUs, 0, m_duration);
    setAccessibleName(tr("Waited %1 for the first byte, then %2 for the rest")
                          .arg(durationText(m_firstByte), durationText(m_duration - m_firstByte)));
    update();
}

QSize TimingBar::sizeHint() const
{
    return {50 * kGrid, kBarHeight + kGap + QFontMetrics(m_theme.small()).height()};
}

QSize TimingBar::minimumSizeHint() const
{
    return {30 * kGrid, sizeHint().height()};
}

void TimingBar::paintEvent(QPaintEvent * /*event*/)
{
    const auto &colors = m_theme.colors();
    const QRectF bar(0, kGrid / 2.0, width(), kBarHeight);
    const double share = m_duration > 0 ? double(m_firstByte) / double(m_duration) : 0;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shape;
    shape.addRoundedRect(bar, kBarHeight / 2.0, kBarHeight / 2.0);
    painter.setClipPath(shape);
    painter.fillRect(bar, m_firstByte > 0 ? colors.success : colors.border);
    painter.fillRect(QRectF(bar.topLeft(), QSizeF(bar.width() * share, kBarHeight)), colors.info);
    painter.setClipping(false);

    painter.setFont(m_theme.small());
    const QRect text(0, kBarHeight + kGrid, width(), height() - kBarHeight - kGrid);
    const QFontMetrics metrics(painter.font());
    const QString waited = m_firstByte > 0 ? tr("First byte %1").arg(durationText(m_firstByte)) : tr("No response");
    const QString rest = tr("Content %1").arg(durationText(m_duration - m_firstByte));
    painter.setPen(m_firstByte > 0 ? colors.info : colors.muted);
    painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(waited, Qt::ElideRight, width() / 2));
    if (m_firstByte <= 0)
        return;
    painter.setPen(colors.success);
    painter.drawText(text, Qt::AlignRight | Qt::AlignVCenter, metrics.elidedText(rest, Qt::ElideRight, width() / 2));
}

} // namespace ui
