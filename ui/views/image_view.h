// A picture, scaled down to fit and never up beyond its own pixels, on a pattern that shows where it is transparent.
// GUI thread.
#pragma once

#include "ui/theme/theme.h"

#include <QImage>
#include <QWidget>

namespace ui {

class ImageView : public QWidget {
    Q_OBJECT
public:
    explicit ImageView(const Theme &theme, QWidget *parent = nullptr);

    // `size`: of the picture itself, which `image` may be a smaller copy of.
    void setImage(const QImage &image, QSize size);
    [[nodiscard]] QRect imageRect() const; // where it is shown

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QImage m_image;
    QSize m_size;
};

} // namespace ui
