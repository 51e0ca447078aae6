// What panes are put together with: parts without air between them, lines, a page that scrolls. GUI thread.
#pragma once

#include <QFrame>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui {

// From edge to edge.
inline QVBoxLayout *paneColumn(QWidget *pane)
{
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    return column;
}

inline QFrame *paneLine(Qt::Orientation orientation, QWidget *parent = nullptr)
{
    auto *line = new QFrame(parent);
    line->setProperty("kind", QStringLiteral("line"));
    if (orientation == Qt::Horizontal)
        line->setFixedHeight(1);
    else
        line->setFixedWidth(1);
    return line;
}

// As wide as there is room; only its height may be too much.
inline QScrollArea *scrolled(QWidget *page, QWidget *parent = nullptr)
{
    auto *area = new QScrollArea(parent);
    area->setWidget(page);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return area;
}

} // namespace ui
