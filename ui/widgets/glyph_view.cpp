#include "ui/widgets/glyph_view.h"

#include "ui/theme/metrics.h"

#include <QPainter>

#include <algorithm>

namespace ui {

namespace {

constexpr int kUsualFontHeight = 16; // of Inter at 10 points and 96 dpi

} // namespace

GlyphView::GlyphView(const Theme &theme, Glyph glyph, Tone tone, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_glyph(glyph), m_tone(tone), m_side(kIconSize)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void GlyphView::setGlyph(Glyph glyph)
{
    m_glyph = glyph;
    update();
}

void GlyphView::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void GlyphView::setSide(int side)
{
    m_side = side;
    updateGeometry();
}

void GlyphView::setDisc(Tone background)
{
    m_disc = background;
    updateGeometry();
}

int GlyphView::side() const
{
    return std::max(m_side, m_side * fontMetrics().height() / kUsualFontHeight / kGrid * kGrid);
}

QSize GlyphView::sizeHint() const
{
    const int edge = m_disc ? side() * 2 : side();
    return {edge, edge};
}

void GlyphView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (m_disc) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.colors().*m_disc);
        painter.drawEllipse(rect());
    }
    QRect place(0, 0, side(), side());
    place.moveCenter(rect().center());
    m_theme.icon(m_glyph, m_theme.colors().*m_tone).paint(&painter, place);
}

} // namespace ui
