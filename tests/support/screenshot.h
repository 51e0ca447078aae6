// Pictures of widgets for people to look at, with the checks that a machine can do: something was drawn, no text is
// cut, at the usual font size and at twice that. Failures are those of the running Qt Test.
#pragma once

#include "ui/theme/theme.h"

#include <QSize>
#include <QStringList>
#include <QWidget>

#include <functional>
#include <memory>

namespace support {

// `make` builds the widget for a light and then a dark Theme; each is shown at this size, checked and written to
// $TUNNEL_SCREENSHOTS/NAME-light.png and NAME-dark.png. It is then shown again with everything twice as large (font
// and window), where no text may be cut either.
void keepScreenshots(const QString &name, QSize size, const std::function<std::unique_ptr<QWidget>(ui::Theme &)> &make);

// One picture of a widget as it is now, shown first if it is not yet; NAME-light.png or NAME-dark.png by the theme.
void keepScreenshot(const QString &name, QWidget &widget, const ui::Theme &theme);

// What is not wholly readable, a sentence each: texts of visible QLabels, QAbstractButtons and QTabBars and the
// placeholders of QLineEdits that do not fit, or that a parent cuts off (unless it scrolls). Widgets with the
// property "elided" are exempt: they show the whole text in another way.
[[nodiscard]] QStringList cutTexts(const QWidget &widget);

} // namespace support
