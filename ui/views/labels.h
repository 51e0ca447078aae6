// How labels of these views are set: the theme's fonts with the style sheet's colours. GUI thread.
#pragma once

#include "ui/theme/theme.h"

#include <QLabel>

namespace ui {

// Small and quiet: facts and notes.
inline void makeNote(QLabel &label, const Theme &theme)
{
    label.setProperty("kind", QStringLiteral("muted"));
    label.setFont(theme.small());
}

// The name of a group: small, quiet, heavier.
inline void makeSection(QLabel &label, const Theme &theme)
{
    QFont font = theme.small();
    font.setWeight(QFont::DemiBold);
    label.setProperty("kind", QStringLiteral("muted"));
    label.setFont(font);
}

// The name of what a pane shows.
inline void makeTitle(QLabel &label)
{
    QFont font = label.font();
    font.setWeight(QFont::DemiBold);
    font.setPointSizeF(font.pointSizeF() * 1.15);
    label.setFont(font);
}

} // namespace ui
