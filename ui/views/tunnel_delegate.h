// Paints one tunnel in the rail: state as shape and word, name, local target, public URL, who may reach it; and while the pointer is over
// it, a button with more. GUI thread.
#pragma once

#include "ui/theme/theme.h"
#include "workspace/tunnel_info.h"

#include <QStyledItemDelegate>

namespace ui {

class TunnelDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit TunnelDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    // Where the button with more is, in a row's rectangle.
    [[nodiscard]] static QRect moreRect(const QRect &row);

private:
    int paintAccess(QPainter &painter, const QRect &line, const workspace::TunnelInfo &tunnel) const;
    void paintLines(QPainter &painter, const QRect &area, const workspace::TunnelInfo &tunnel) const;

    const Theme &m_theme;
};

} // namespace ui
