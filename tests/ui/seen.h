// What somebody in front of a widget can see of it.
#pragma once

#include "ui/views/wrapped_label.h"

#include <QImage>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace support {

// A visible text has this part.
[[nodiscard]] inline bool says(const QWidget &widget, const QString &part)
{
    const auto labels = widget.findChildren<QLabel *>();
    const auto values = widget.findChildren<ui::WrappedLabel *>();
    return std::ranges::any_of(labels, [&](auto *l) { return l->isVisible() && l->text().contains(part); }) ||
           std::ranges::any_of(values, [&](auto *v) { return v->isVisible() && v->toPlainText().contains(part); });
}

// The visible button of this name; null when there is none.
[[nodiscard]] inline QPushButton *buttonOf(const QWidget &widget, const QString &name)
{
    const auto buttons = widget.findChildren<QPushButton *>();
    const auto found = std::ranges::find_if(buttons, [&](auto *b) { return b->isVisible() && b->text() == name; });
    return found == buttons.end() ? nullptr : *found;
}

[[nodiscard]] inline bool hasColor(const QImage &image, const QColor &color)
{
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixelColor(x, y) == color)
                return true;
    return false;
}

} // namespace support
