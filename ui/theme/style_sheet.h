// The style sheet over Fusion, made of the palette and the metrics. Pure.
//
// What a widget may ask for by a dynamic property, set before it is first shown (or call repolish()):
//   QPushButton  kind = "primary" (one per screen), "danger", "link" (reads as a link)
//   QLabel       kind = "heading", "muted", "small" (muted, smaller), "mono", "section" (small caps of a group)
//   QFrame       kind = "card" (raised, round, bordered), "pane" (surface), "line" (1 px separator; fixed size 1)
//   QWidget      kind = "bar" (tool or status strip of a window: raised with a border below)
//   QLineEdit, QComboBox, QSpinBox, QPlainTextEdit   fault = true (danger border)
#pragma once

#include "ui/theme/colors.h"

#include <QString>

class QWidget;

namespace ui {

[[nodiscard]] QString styleSheet(const Colors &colors);
// After a dynamic property of a visible widget changed.
void repolish(QWidget &widget);

} // namespace ui
