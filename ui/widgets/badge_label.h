// A state as a pill: glyph and word in the state's colour on its quiet background. As a widget for panes, and as a
// painting function for delegates. GUI thread.
#pragma once

#include "ui/text/status_text.h"

#include <QWidget>

namespace ui {

inline constexpr int kBadgeHeight = 20;

// What paintBadge() needs; the height is kBadgeHeight or more with large fonts.
[[nodiscard]] QSize badgeSize(const Badge &badge, const Theme &theme);
// Paints it within `cell`, elided when it is too narrow. The painter is left as it was.
void paintBadge(QPainter &painter, const QRect &cell, const Badge &badge, const Theme &theme,
                Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter);

class BadgeLabel : public QWidget {
    Q_OBJECT
public:
    explicit BadgeLabel(const Theme &theme, QWidget *parent = nullptr);

    // Its colours are those of the moment: set it again on Theme::changed().
    void setBadge(const Badge &badge);
    [[nodiscard]] const Badge &badge() const { return m_badge; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    const Theme &m_theme;
    Badge m_badge;
};

} // namespace ui
