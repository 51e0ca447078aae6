// A picture from untrusted bytes, bounded in memory and time: PNG, JPEG, GIF, WebP and what else Qt reads, and SVG
// without references to anything outside. Pure; any thread.
#pragma once

#include "wire/result.h"

#include <QByteArray>
#include <QImage>
#include <QSize>

namespace ui {

struct Picture {
    QImage image; // at most kMaxImageSide pixels a side
    QSize size;   // as it says itself
    QString format; // "PNG", "SVG"
};

// The error is a sentence for the user.
[[nodiscard]] wire::Result<Picture> readPicture(const QByteArray &bytes);

} // namespace ui
