#include "ui/widgets/icon_button.h"

#include "ui/theme/metrics.h"

namespace ui {

IconButton::IconButton(const Theme &theme, Glyph glyph, const QString &name, QWidget *parent)
    : QToolButton(parent), m_theme(theme), m_glyph(glyph)
{
    setToolButtonStyle(Qt::ToolButtonIconOnly);
    setIconSize(QSize(kIconSize, kIconSize));
    setCursor(Qt::ArrowCursor);
    setName(name);
    refreshIcon();
    connect(&theme, &Theme::changed, this, &IconButton::refreshIcon);
}

void IconButton::setGlyph(Glyph glyph)
{
    m_glyph = glyph;
    refreshIcon();
}

void IconButton::setTone(Tone tone)
{
    m_tone = tone;
    refreshIcon();
}

void IconButton::setName(const QString &name)
{
    setAccessibleName(name);
    refreshTooltip();
}

void IconButton::setKeys(const QKeySequence &keys)
{
    m_keys = keys;
    refreshTooltip();
}

void IconButton::refreshIcon()
{
    setIcon(m_theme.icon(m_glyph, m_theme.colors().*m_tone));
}

void IconButton::refreshTooltip()
{
    const QString keys = m_keys.toString(QKeySequence::NativeText);
    setToolTip(keys.isEmpty() ? accessibleName() : tr("%1 (%2)").arg(accessibleName(), keys));
}

} // namespace ui
