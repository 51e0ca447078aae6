// One glyph of the icon set as a picture, in a colour of the palette that follows the theme, on a disc if wanted.
// Grows with the font. GUI thread.
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

namespace ui {

using Tone = QColor Colors::*; // &Colors::accent

class GlyphView : public QWidget {
    Q_OBJECT
public:
    GlyphView(const Theme &theme, Glyph glyph, Tone tone, QWidget *parent = nullptr);

    void setGlyph(Glyph glyph);
    void setTone(Tone tone);
    void setSide(int side); // of the glyph, at the usual font size
    void setDisc(Tone background); // twice the glyph's size

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int side() const;

    const Theme &m_theme;
    Glyph m_glyph;
    Tone m_tone;
    Tone m_disc = nullptr;
    int m_side;
};

} // namespace ui
