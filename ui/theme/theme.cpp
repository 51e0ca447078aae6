#include "ui/theme/theme.h"

#include "ui/theme/glyph_engine.h"
#include "ui/theme/product_style.h"
#include "ui/theme/style_sheet.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>

namespace ui {

namespace {

constexpr qreal kBasePoints = 10; // 13 pixels at 96 dpi: readable, and rows of 32 pixels hold it with air
constexpr qreal kHeadingScale = 1.4;
constexpr qreal kSmallScale = 0.9;

QPalette paletteOf(const Colors &colors)
{
    QPalette palette(colors.text, colors.raised, colors.hover, colors.border, colors.outline, colors.text, colors.text,
                     colors.surface, colors.window);
    palette.setColor(QPalette::AlternateBase, colors.surface);
    palette.setColor(QPalette::ToolTipBase, colors.raised);
    palette.setColor(QPalette::ToolTipText, colors.text);
    palette.setColor(QPalette::PlaceholderText, colors.muted);
    palette.setColor(QPalette::Highlight, colors.selection);
    palette.setColor(QPalette::Inactive, QPalette::Highlight, colors.hover);
    palette.setColor(QPalette::HighlightedText, colors.text);
    palette.setColor(QPalette::Link, colors.accent);
    palette.setColor(QPalette::LinkVisited, colors.accent);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, colors.disabled);
    return palette;
}

QFont baseFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    if (QFontDatabase::hasFamily(QStringLiteral("Inter")))
        font.setFamily(QStringLiteral("Inter"));
    font.setPointSizeF(kBasePoints);
    return font;
}

QFont scaled(QFont font, qreal scale)
{
    font.setPointSizeF(font.pointSizeF() * scale);
    return font;
}

} // namespace

Theme::Theme(QApplication &application, settings::Appearance appearance)
    : m_application(application), m_appearance(appearance)
{
    QApplication::setStyle(new ProductStyle); // owned by the application
    QApplication::setFont(baseFont());
    apply();
}

void Theme::setAppearance(settings::Appearance appearance)
{
    m_appearance = appearance;
    const bool wasDark = m_colors.dark;
    apply();
    if (wasDark != m_colors.dark)
        Q_EMIT changed();
}

bool Theme::wantsDark()
{
    if (m_appearance != settings::Appearance::System)
        return m_appearance == settings::Appearance::Dark;
    QApplication::setPalette(QPalette()); // back to the desktop's own
    const QPalette desktop = QApplication::palette();
    return desktop.color(QPalette::Window).lightness() < desktop.color(QPalette::WindowText).lightness();
}

void Theme::apply()
{
    m_colors = wantsDark() ? darkColors() : lightColors();
    QApplication::setPalette(paletteOf(m_colors));
    m_application.setStyleSheet(styleSheet(m_colors));
}

QIcon Theme::icon(Glyph glyph) const
{
    return icon(glyph, m_colors.text);
}

QIcon Theme::icon(Glyph glyph, const QColor &color) const
{
    return QIcon(new GlyphEngine(glyph, color, m_colors.disabled)); // owned by the icon
}

QFont Theme::monospace() const
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setFamily(font.family()); // says that it is meant: else the widget's own family would win
    // Fixed fonts draw larger than Inter at the same size.
    font.setPointSizeF(QApplication::font().pointSizeF() * 0.95);
    return font;
}

QFont Theme::heading() const
{
    QFont font = scaled(QApplication::font(), kHeadingScale);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont Theme::small() const
{
    return scaled(QApplication::font(), kSmallScale);
}

QIcon applicationIcon()
{
    registerIcons();
    return QIcon(QStringLiteral(":/icons/http-tunnel.svg"));
}

} // namespace ui
