#include "ui/widgets/qr_view.h"

#include <QPainter>
#include <qrencode.h>

#include <algorithm>
#include <memory>

namespace ui {

namespace {

constexpr int kQuietModules = 4;  // ISO/IEC 18004, 6.3.8
constexpr int kUsualSide = 224;   // a phone at arm's length reads it
constexpr int kSmallestSide = 80; // still readable for codes of the length of an URL

using Code = std::unique_ptr<QRcode, decltype([](QRcode *code) { QRcode_free(code); })>;

} // namespace

QImage qrImage(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    const Code code(QRcode_encodeString8bit(bytes.constData(), 0, QR_ECLEVEL_M)); // fails for an empty text
    if (!code)
        return {};
    QImage image(code->width + 2 * kQuietModules, code->width + 2 * kQuietModules, QImage::Format_RGB32);
    image.fill(Qt::white);
    const unsigned char *module = code->data;
    for (int y = 0; y < code->width; ++y) {
        for (int x = 0; x < code->width; ++x, ++module) {
            if (*module & 1)
                image.setPixel(x + kQuietModules, y + kQuietModules, qRgb(0, 0, 0));
        }
    }
    return image;
}

QrView::QrView(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("QR code"));
}

void QrView::setText(const QString &text)
{
    m_text = text;
    m_image = qrImage(text);
    setAccessibleDescription(text);
    updateGeometry();
    update();
}

QSize QrView::sizeHint() const
{
    return QSize(kUsualSide, kUsualSide).expandedTo(minimumSizeHint());
}

QSize QrView::minimumSizeHint() const
{
    return QSize(kSmallestSide, kSmallestSide).expandedTo(m_image.size());
}

// Modules of whole device pixels, in the middle: blurred edges cost scanners more than a wider margin.
void QrView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int side = std::min(width(), height());
    const QRect square((width() - side) / 2, (height() - side) / 2, side, side);
    painter.fillRect(square, Qt::white);
    if (m_image.isNull())
        return;
    const qreal ratio = devicePixelRatioF();
    const int modulePixels = std::max(1, static_cast<int>(side * ratio) / m_image.width());
    const qreal drawn = modulePixels * m_image.width() / ratio;
    const qreal margin = (side - drawn) / 2;
    painter.drawImage(QRectF(square.left() + margin, square.top() + margin, drawn, drawn), m_image);
}

} // namespace ui
