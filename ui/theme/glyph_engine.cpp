#include "ui/theme/glyph_engine.h"

#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

// Out of the namespace, as the macro demands.
static void initIcons()
{
    Q_INIT_RESOURCE(icons);
}

namespace ui {

namespace {

QLatin1String actionName(Glyph glyph)
{
    switch (glyph) {
    case Glyph::Add: return QLatin1String("add");
    case Glyph::Copy: return QLatin1String("copy");
    case Glyph::OpenExternal: return QLatin1String("open-external");
    case Glyph::QrCode: return QLatin1String("qr-code");
    case Glyph::Play: return QLatin1String("play");
    case Glyph::Stop: return QLatin1String("stop");
    case Glyph::Pause: return QLatin1String("pause");
    case Glyph::Restart: return QLatin1String("restart");
    case Glyph::Search: return QLatin1String("search");
    case Glyph::Filter: return QLatin1String("filter");
    case Glyph::Clear: return QLatin1String("clear");
    case Glyph::Close: return QLatin1String("close");
    case Glyph::Replay: return QLatin1String("replay");
    case Glyph::Edit: return QLatin1String("edit");
    case Glyph::Duplicate: return QLatin1String("duplicate");
    case Glyph::Trash: return QLatin1String("trash");
    case Glyph::Undo: return QLatin1String("undo");
    case Glyph::Settings: return QLatin1String("settings");
    case Glyph::Menu: return QLatin1String("menu");
    case Glyph::More: return QLatin1String("more");
    case Glyph::ChevronDown: return QLatin1String("chevron-down");
    case Glyph::ChevronRight: return QLatin1String("chevron-right");
    case Glyph::Send: return QLatin1String("send");
    case Glyph::Eye: return QLatin1String("eye");
    case Glyph::EyeOff: return QLatin1String("eye-off");
    case Glyph::Download: return QLatin1String("download");
    case Glyph::Upload: return QLatin1String("upload");
    default: return {};
    }
}

QLatin1String thingName(Glyph glyph)
{
    switch (glyph) {
    case Glyph::Tunnel: return QLatin1String("tunnel");
    case Glyph::Check: return QLatin1String("check");
    case Glyph::Warning: return QLatin1String("warning");
    case Glyph::Error: return QLatin1String("error");
    case Glyph::Info: return QLatin1String("info");
    case Glyph::Redirect: return QLatin1String("redirect");
    case Glyph::Key: return QLatin1String("key");
    case Glyph::Server: return QLatin1String("server");
    case Glyph::Globe: return QLatin1String("globe");
    case Glyph::Lock: return QLatin1String("lock");
    case Glyph::Clock: return QLatin1String("clock");
    case Glyph::Image: return QLatin1String("image");
    case Glyph::Code: return QLatin1String("code");
    case Glyph::Text: return QLatin1String("text");
    case Glyph::Keyboard: return QLatin1String("keyboard");
    case Glyph::Moon: return QLatin1String("moon");
    case Glyph::Sun: return QLatin1String("sun");
    case Glyph::Link: return QLatin1String("link");
    case Glyph::StatusOnline: return QLatin1String("status-online");
    case Glyph::StatusPending: return QLatin1String("status-pending");
    case Glyph::StatusPaused: return QLatin1String("status-paused");
    case Glyph::StatusFailed: return QLatin1String("status-failed");
    case Glyph::StatusIdle: return QLatin1String("status-idle");
    default: return {};
    }
}

QByteArray tinted(Glyph glyph, const QColor &color)
{
    registerIcons();
    QFile file(QStringLiteral(":/icons/%1.svg").arg(glyphName(glyph)));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the glyph %s is not in the program", qPrintable(file.fileName()));
    return file.readAll().replace("currentColor", color.name().toLatin1());
}

} // namespace

void registerIcons()
{
    initIcons();
}

QString glyphName(Glyph glyph)
{
    const QLatin1String name = actionName(glyph);
    return name.isEmpty() ? QString(thingName(glyph)) : QString(name);
}

GlyphEngine::GlyphEngine(Glyph glyph, const QColor &color, const QColor &disabled)
    : m_glyph(glyph), m_color(color), m_disabled(disabled)
{
}

void GlyphEngine::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State)
{
    const qreal ratio = painter->device()->devicePixelRatioF();
    painter->drawPixmap(rect, drawn((QSizeF(rect.size()) * ratio).toSize(), mode));
}

QPixmap GlyphEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State)
{
    return drawn(size, mode);
}

QPixmap GlyphEngine::drawn(const QSize &pixels, QIcon::Mode mode) const
{
    const QColor &color = mode == QIcon::Disabled ? m_disabled : m_color;
    const QString key = QStringLiteral("glyph %1 %2 %3x%4")
                            .arg(glyphName(m_glyph), color.name())
                            .arg(pixels.width())
                            .arg(pixels.height());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(tinted(m_glyph, color));
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QIconEngine *GlyphEngine::clone() const
{
    return new GlyphEngine(*this);
}

} // namespace ui
