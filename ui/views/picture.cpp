#include "ui/views/picture.h"

#include "wire/limits.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImageReader>
#include <QPainter>
#include <QSvgRenderer>

#include <array>

namespace ui {

namespace {

constexpr int kBytesPerPixel = 4;
constexpr int kDrawingSide = 1024; // pixels of the longer side of a drawing, which has none of its own

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::Picture", text);
}

wire::Result<Picture> failed(const QString &sentence)
{
    return wire::fail(wire::Code::InvalidRequest, sentence.toStdString());
}

QSize shownSize(QSize size)
{
    const int side = int(wire::kMaxImageSide);
    return size.width() > side || size.height() > side ? size.scaled(side, side, Qt::KeepAspectRatio) : size;
}

bool looksLikeSvg(const QByteArray &bytes)
{
    const auto start = bytes.left(1024).trimmed();
    return start.startsWith("<svg") ||
           ((start.startsWith("<?xml") || start.startsWith("<!")) && start.contains("<svg"));
}

// QtSvg would read files that <image> names, and expand nested entities and <use> elements without bound.
QString svgObjection(const QByteArray &bytes)
{
    if (bytes.size() > qsizetype(wire::kMaxSvgBytes))
        return tr("The drawing is too large for a preview. Its text is under Raw.");
    if (bytes.contains("<!ENTITY"))
        return tr("The drawing defines entities, so it is not previewed. Its text is under Raw.");
    if (bytes.contains("<image") || bytes.contains(":image"))
        return tr("The drawing refers to other pictures, so it is not previewed. Its text is under Raw.");
    if (std::size_t(bytes.count("<use") + bytes.count(":use")) > wire::kMaxSvgReferences)
        return tr("The drawing repeats parts of itself too often for a preview. Its text is under Raw.");
    return {};
}

wire::Result<Picture> readDrawing(const QByteArray &bytes)
{
    if (const auto objection = svgObjection(bytes); !objection.isEmpty())
        return failed(objection);
    QSvgRenderer renderer;
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    if (!renderer.load(bytes) || renderer.defaultSize().isEmpty())
        return failed(tr("This is not a drawing that can be shown: its SVG is damaged or empty."));
    QImage image(renderer.defaultSize().scaled(kDrawingSide, kDrawingSide, Qt::KeepAspectRatio),
                 QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return failed(tr("The drawing's proportions are too extreme for a preview."));
    image.fill(Qt::transparent);
    QPainter painter(&image);
    renderer.render(&painter);
    return Picture{image, renderer.defaultSize(), QStringLiteral("SVG")};
}

} // namespace

wire::Result<Picture> readPicture(const QByteArray &bytes)
{
    if (looksLikeSvg(bytes))
        return readDrawing(bytes);
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    const auto format = reader.format();
    if (format.isEmpty() || format.startsWith("svg") || format == "pdf")
        return failed(tr("This picture's format cannot be shown here."));
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (quint64(size.width()) * quint64(size.height()) * kBytesPerPixel > wire::kMaxImageMemory)
        return failed(
            tr("The picture is too large for a preview: %1 × %2 pixels.").arg(size.width()).arg(size.height()));
    if (size.isValid())
        reader.setScaledSize(shownSize(size));
    const QImage image = reader.read();
    if (image.isNull())
        return failed(tr("The picture is damaged or not complete: %1.").arg(reader.errorString()));
    const bool turned = (reader.transformation() & QImageIOHandler::TransformationRotate90) != 0;
    const QSize told = size.isValid() ? (turned ? size.transposed() : size) : image.size();
    return Picture{image, told, QString::fromLatin1(format).toUpper()};
}

} // namespace ui
