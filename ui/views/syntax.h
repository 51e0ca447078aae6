// Which parts of a line of text have which colour: JSON as it is printed, "key: value" lines of forms, and markup.
// Each line by itself, so that only what is visible needs the work. Pure; GUI thread (colours).
#pragma once

#include "ui/theme/colors.h"

#include <QList>
#include <QString>
#include <QTextLayout>

#include <cstdint>

namespace ui {

enum class Syntax : std::uint8_t { None, Json, Form, Markup };

[[nodiscard]] QList<QTextLayout::FormatRange> colouredParts(const QString &line, Syntax syntax, const Colors &colors);

} // namespace ui
