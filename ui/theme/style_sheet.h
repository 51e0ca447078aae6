// The style sheet over Fusion, made of the palette and the metrics. Pure.
//
// What a widget may ask for by a dynamic property, set before it is first shown (or followed by repolish()):
//   QPushButton  kind = "primary" (one per screen), "danger", "link" (reads as a link)
//   QToolButton  kind = "boxed" (framed, for a text beside or instead of the icon), "small" (in rows and fields)
//   QLabel       kind = "muted", "danger", "success", "warning"; fonts are the Theme's: setFont(theme.heading())
//   QFrame       kind = "card" (raised, round, bordered), "pane" (surface), "line" (separator: setFixedHeight(1))
//   QWidget      kind = "bar" (a window's strip: raised, border below; needs WA_StyledBackground), "page"
//   item views   kind = "boxed" (a frame as of a field); without, they fill their pane
//   text edits   kind = "flat" (no frame: they fill their pane)
//   fields       fault = true (danger border)
#pragma once

#include "ui/theme/colors.h"

#include <QString>

class QFont;
class QWidget;

namespace ui {

[[nodiscard]] QString styleSheet(const Colors &colors);
// After a dynamic property of a visible widget changed.
void repolish(QWidget &widget);
// QWidget::setFont() for a widget that was polished already (shown, or asked for its size): there, Qt's style sheets
// bring the former font back at the next repolish or change of appearance.
void setLastingFont(QWidget &widget, const QFont &font);

} // namespace ui
