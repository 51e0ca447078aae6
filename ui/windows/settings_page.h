// The parts that pages of the settings share, so that they look alike. GUI thread.
#pragma once

#include "ui/theme/theme.h"

#include <QString>

class QLabel;
class QVBoxLayout;
class QWidget;

namespace ui {

// The page's column, with the margins of a page.
[[nodiscard]] QVBoxLayout *settingsColumn(QWidget *page);
[[nodiscard]] QLabel *settingsHeading(const Theme &theme, const QString &text, QWidget *parent);
[[nodiscard]] QLabel *settingsSection(const QString &text, QWidget *parent);  // the name of a group
[[nodiscard]] QLabel *settingsSentence(const QString &text, QWidget *parent); // quiet, wrapped

} // namespace ui
