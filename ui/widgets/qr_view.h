// A QR code, dark on white in every theme, with the quiet zone that scanners need. GUI thread.
#pragma once

#include "ui/theme/metrics.h"

#include <QImage>
#include <QWidget>

namespace ui {

inline constexpr int kQrSide = 46 * kGrid; // of a code within a page: some five pixels a module

// One pixel per module, quiet zone of 4 modules included (ISO/IEC 18004); null when the text is empty or too long.
[[nodiscard]] QImage qrImage(const QString &text);

class QrView : public QWidget {
    Q_OBJECT
public:
    explicit QrView(QWidget *parent = nullptr);

    void setText(const QString &text); // hides nothing: an empty text shows an empty white square
    [[nodiscard]] QString text() const { return m_text; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override; // one device-independent pixel per module

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    QImage m_image;
};

} // namespace ui
