// Paints the cells of the request table: status as a badge, the path with its query dimmed, numbers at the right, and
// what is special about a request as a glyph in front. GUI thread.
#pragma once

#include "client/tunnel_status.h"
#include "ui/theme/theme.h"

#include <QStyledItemDelegate>

#include <map>

namespace ui {

class ExchangeDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit ExchangeDelegate(const Theme &theme, QObject *parent = nullptr);

    void setHoveredRow(int row) { m_hovered = row; } // -1: none

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintBackground(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintMarker(QPainter &painter, const QRect &cell, const client::ExchangeSummary &exchange) const;
    void paintPath(QPainter &painter, const QRect &cell, const QString &target) const;
    [[nodiscard]] const QPixmap &pixmap(Glyph glyph, const QColor &color, qreal ratio) const;

    const Theme &m_theme;
    int m_hovered = -1;
    mutable std::map<std::pair<Glyph, QRgb>, QPixmap> m_pixmaps; // of the ratio below: drawing from SVG takes long
    mutable qreal m_ratio = 1;
};

} // namespace ui
