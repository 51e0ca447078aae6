// Badges side by side, as many as fit; the others are in the tooltip, and all of them are read out. GUI thread.
#pragma once

#include "ui/text/status_text.h"

#include <QList>
#include <QWidget>

namespace ui {

class BadgeRow : public QWidget {
    Q_OBJECT
public:
    explicit BadgeRow(const Theme &theme, QWidget *parent = nullptr);

    // Their colours are those of the moment: set them again on Theme::changed().
    void setBadges(const QList<Badge> &badges, const QString &spoken);
    [[nodiscard]] const QList<Badge> &badges() const { return m_badges; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    const Theme &m_theme;
    QList<Badge> m_badges;
};

} // namespace ui
