// Draws one glyph of the product's icon set in one colour, from its SVG at every size asked for, so that it is sharp
// at each scale. For Theme; GUI thread.
#pragma once

#include "ui/theme/theme.h"

#include <QIconEngine>

namespace ui {

void registerIcons(); // before :/icons is read: a static library's resources do not register themselves
[[nodiscard]] QString glyphName(Glyph glyph); // "open-external"; the file is :/icons/NAME.svg

class GlyphEngine : public QIconEngine {
public:
    GlyphEngine(Glyph glyph, const QColor &color, const QColor &disabled);

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    [[nodiscard]] QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    [[nodiscard]] QIconEngine *clone() const override;

private:
    [[nodiscard]] QPixmap drawn(const QSize &pixels, QIcon::Mode mode) const; // cached: delegates paint many

    Glyph m_glyph;
    QColor m_color;
    QColor m_disabled;
};

} // namespace ui
