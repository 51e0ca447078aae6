// Edits a header field in its cell, in the monospace font, and offers the usual names; a click anywhere in the first
// cell switches the field on and off. GUI thread.
#pragma once

#include "ui/theme/theme.h"

#include <QStyledItemDelegate>

class QCompleter;

namespace ui {

class ReplayHeaderDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit ReplayHeaderDelegate(const Theme &theme, QObject *parent = nullptr);

    [[nodiscard]] QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                        const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const Theme &m_theme;
    QCompleter
        *m_names; // not the editor's: where its popup is a window, its end would take the focus from the next cell
};

} // namespace ui
