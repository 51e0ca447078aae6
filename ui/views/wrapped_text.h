// Paints a header field's name or value in the monospace font, wrapped anywhere, since tokens have no spaces.
// GUI thread.
#pragma once

#include "ui/theme/theme.h"

#include <QStyledItemDelegate>

namespace ui {

class WrappedTextDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit WrappedTextDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const Theme &m_theme;
};

} // namespace ui
