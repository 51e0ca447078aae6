// The list of pages at the left of the settings: one is always chosen. GUI thread.
#pragma once

#include "ui/theme/theme.h"

#include <QListWidget>

namespace ui {

class PageList : public QListWidget {
    Q_OBJECT
public:
    explicit PageList(const Theme &theme, QWidget *parent = nullptr);

    void addPage(Glyph glyph, const QString &name);

    [[nodiscard]] QSize sizeHint() const override; // as wide as its longest name

private:
    void refreshIcons();

    const Theme &m_theme;
};

} // namespace ui
