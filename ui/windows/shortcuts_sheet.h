// All keys of the window on one page, over the window; any click, Esc or ? takes it away. GUI thread.
#pragma once

#include "ui/theme/theme.h"

#include <QKeySequence>
#include <QPointer>
#include <QWidget>

class QFrame;
class QGridLayout;

namespace ui {

class ShortcutsSheet : public QWidget {
    Q_OBJECT
public:
    ShortcutsSheet(const Theme &theme, QWidget *window); // covers it

    void open();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    void addGroup(QGridLayout &grid, int column, const QString &title, const QList<std::pair<QString, QString>> &keys);
    void close();

    const Theme &m_theme;
    QFrame *m_card;
    QPointer<QWidget> m_focused; // before; gets it back
};

} // namespace ui
