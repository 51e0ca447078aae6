// The palette of the product, light and dark: colours by what they mean. A value.
#pragma once

#include <QColor>

namespace ui {

struct Colors {
    bool dark = false;
    QColor window;    // behind everything
    QColor surface;   // lists, panes, fields
    QColor raised;    // menus, cards, headers
    QColor hover;
    QColor border;
    QColor text;
    QColor muted;     // secondary text, at least 4.5:1 on surface
    QColor accent;    // links, focus, primary buttons
    QColor onAccent;
    QColor selection; // selected row, with text on it
    QColor success;   // each readable as text on surface, 4.5:1
    QColor info;
    QColor warning;
    QColor danger;
    QColor successSoft; // the same as a quiet background for badges and strips
    QColor infoSoft;
    QColor warningSoft;
    QColor dangerSoft;
    // Syntax of JSON and headers.
    QColor key;
    QColor string;
    QColor number;
    QColor keyword;
};

[[nodiscard]] Colors lightColors();
[[nodiscard]] Colors darkColors();

} // namespace ui
