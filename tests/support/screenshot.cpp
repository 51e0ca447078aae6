#include "support/screenshot.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QTest>

#include <algorithm>

namespace support {

namespace {

constexpr int kLarge = 2; // times the usual font: what people with weak eyes set

bool isOneColour(const QImage &image)
{
    const QRgb first = image.pixel(0, 0);
    for (int y = 0; y < image.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(image.constScanLine(y));
        if (std::any_of(line, line + image.width(), [first](QRgb pixel) { return pixel != first; }))
            return false;
    }
    return true;
}

void present(QWidget &widget)
{
    widget.show();
    QVERIFY2(QTest::qWaitForWindowExposed(widget.window()), "the window was not shown");
    QCoreApplication::sendPostedEvents(); // layouts that were asked for meanwhile
    QCoreApplication::processEvents();
}

void checkTexts(const QString &what, const QWidget &widget)
{
    QStringList cut; // layouts settle in a few turns of the event loop: wrapped text asks for another height
    QTRY_VERIFY2((cut = cutTexts(widget)).isEmpty(),
                 qPrintable(what + QStringLiteral(": ") + cut.join(QStringLiteral("; "))));
}

void write(const QString &file, const QImage &image)
{
    const QString folder = qEnvironmentVariable("TUNNEL_SCREENSHOTS");
    if (folder.isEmpty())
        return;
    QVERIFY(QDir().mkpath(folder));
    QVERIFY2(image.save(QDir(folder).filePath(file)), qPrintable(file));
}

void checkLarge(const QString &name, QSize size, const std::function<std::unique_ptr<QWidget>(ui::Theme &)> &make)
{
    ui::Theme theme(*qApp, settings::Appearance::Light);
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * kLarge);
    QApplication::setFont(font);
    const auto widget = make(theme);
    widget->resize(size * kLarge);
    present(*widget);
    checkTexts(name + QStringLiteral(" with large text"), *widget);
    write(name + QStringLiteral("-large.png"), widget->grab().toImage());
}

} // namespace

void keepScreenshots(const QString &name, QSize size, const std::function<std::unique_ptr<QWidget>(ui::Theme &)> &make)
{
    for (const auto appearance : {settings::Appearance::Light, settings::Appearance::Dark}) {
        ui::Theme theme(*qApp, appearance);
        const auto widget = make(theme);
        widget->resize(size);
        keepScreenshot(name, *widget, theme);
        const QString told = QStringLiteral("%1 became %2x%3").arg(name).arg(widget->width()).arg(widget->height());
        QVERIFY2(widget->size() == size, qPrintable(told));
    }
    checkLarge(name, size, make);
}

void keepScreenshot(const QString &name, QWidget &widget, const ui::Theme &theme)
{
    present(widget);
    checkTexts(name, widget);
    const QImage image = widget.grab().toImage().convertToFormat(QImage::Format_RGB32);
    QVERIFY2(!isOneColour(image), qPrintable(name + QStringLiteral(": nothing was drawn")));
    write(name + (theme.colors().dark ? QStringLiteral("-dark.png") : QStringLiteral("-light.png")), image);
}

} // namespace support
