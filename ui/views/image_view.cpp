#include "ui/views/image_view.h"

#include "ui/theme/metrics.h"

#include <QPainter>

namespace ui {

namespace {

constexpr int kSquare = 2 * kGrid; // of the pattern behind transparent parts

QPixmap pattern(const Colors &colors)
{
    QPixmap pixmap(2 * kSquare, 2 * kSquare);
    pixmap.fill(colors.surface);
    QPainter painter(&pixmap);
    painter.fillRect(0, 0, kSquare, kSquare, colors.hover);
    painter.fillRect(kSquare, kSquare, kSquare, kSquare, colors.hover);
    return pixmap;
}

} // namespace

ImageView::ImageView(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setMinimumSize(16 * kGrid, 16 * kGrid);
    setAccessibleName(tr("Picture"));
    connect(&theme, &Theme::changed, this, [this] { update(); });
}

void ImageView::setImage(const QImage &image, QSize size)
{
    m_image = image;
    m_size = size;
    setAccessibleDescription(image.isNull() ? QString() : tr("%1 by %2 pixels").arg(size.width()).arg(size.height()));
    update();
}

QRect ImageView::imageRect() const
{
    if (m_image.isNull())
        return {};
    const QRect space = rect().adjusted(kPad, kPad, -kPad, -kPad);
    QSize size = m_size;
    if (size.width() > space.width() || size.height() > space.height())
        size = size.scaled(space.size(), Qt::KeepAspectRatio).expandedTo({1, 1});
    QRect result(QPoint(), size);
    result.moveCenter(space.center());
    return result;
}

QSize ImageView::sizeHint() const
{
    return {60 * kGrid, 60 * kGrid};
}

void ImageView::paintEvent(QPaintEvent * /*event*/)
{
    if (m_image.isNull())
        return;
    QPainter painter(this);
    const QRect target = imageRect();
    painter.drawTiledPixmap(target, pattern(m_theme.colors()));
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(target, m_image);
    painter.setPen(m_theme.colors().border);
    painter.drawRect(target.adjusted(-1, -1, 0, 0));
}

} // namespace ui
