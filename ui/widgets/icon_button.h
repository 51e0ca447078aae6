// A flat square button that shows a glyph. Its name is what a screen reader says and, with the keys, the tooltip:
// "Copy URL (Ctrl+Shift+C)". GUI thread.
#pragma once

#include "ui/widgets/glyph_view.h"

#include <QKeySequence>
#include <QToolButton>

namespace ui {

class IconButton : public QToolButton {
    Q_OBJECT
public:
    IconButton(const Theme &theme, Glyph glyph, const QString &name, QWidget *parent = nullptr);

    void setGlyph(Glyph glyph);
    [[nodiscard]] Glyph glyph() const { return m_glyph; }
    void setTone(Tone tone); // &Colors::text by default
    void setName(const QString &name);
    // Only told to the user: the shortcut itself belongs to an action of the window.
    void setKeys(const QKeySequence &keys);

private:
    void refreshIcon();
    void refreshTooltip();

    const Theme &m_theme;
    Glyph m_glyph;
    Tone m_tone = &Colors::text;
    QKeySequence m_keys;
};

} // namespace ui
