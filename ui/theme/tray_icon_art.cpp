#include "ui/theme/tray_icon_art.h"

#include "ui/theme/glyph_engine.h"

#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

namespace ui {

namespace {

struct Layers {
    QLatin1String mark;
    QLatin1String badge; // over it; may be empty
};

Layers layersOf(workspace::Overall overall)
{
    switch (overall) {
    case workspace::Overall::Idle: return {QLatin1String("tray-idle"), {}};
    case workspace::Overall::Up: return {QLatin1String("tray-up"), {}};
    case workspace::Overall::Paused: return {QLatin1String("tray-mark"), QLatin1String("tray-paused")};
    case workspace::Overall::Connecting: return {QLatin1String("tray-mark"), QLatin1String("tray-connecting")};
    case workspace::Overall::Failed: return {QLatin1String("tray-mark"), QLatin1String("tray-failed")};
    }
    return {QLatin1String("tray-idle"), {}};
}

void render(QPainter &painter, const QSize &size, QLatin1String name)
{
    QSvgRenderer(QStringLiteral(":/icons/%1.svg").arg(name)).render(&painter, QRectF(QPointF(), size));
}

QPixmap drawn(const Layers &layers, int size)
{
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    render(painter, pixmap.size(), layers.mark);
    if (!layers.badge.isEmpty())
        render(painter, pixmap.size(), layers.badge);
    return pixmap;
}

} // namespace

// Ready pixmaps: a StatusNotifierItem sends them over D-Bus, and asks the icon which sizes it has.
QIcon trayIcon(workspace::Overall overall)
{
    registerIcons();
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 44, 48, 64, 128})
        icon.addPixmap(drawn(layersOf(overall), size));
    return icon;
}

} // namespace ui
