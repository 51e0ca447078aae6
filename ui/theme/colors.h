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
    QColor pressed;   // and behind disabled primary buttons
    QColor border;    // between panes
    QColor outline;   // of fields and buttons
    QColor text;
    QColor muted;     // secondary text, at least 4.5:1 on surface
    QColor disabled;  // text of what cannot be used now
    QColor accent;    // links, focus, primary buttons
    QColor accentHover;
    QColor onAccent;
    QColor selection; // selected row, with any of these colours as text on it
    QColor selected;  // selected characters in a field, with text on it
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
