// A body in a HAR: text as it is, other bytes in base64, which a second field says. Pure; any thread.
#pragma once

#include "wire/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace traffic {

// Sets "text", and the field `encoding` to "base64" when it is not text (UTF-8 without a byte order mark, which readers
// would swallow).
void putHarBody(QJsonObject &object, const QByteArray &body, const QString &encoding);

// The bytes of "text" in this encoding (empty: text). InvalidRequest with half a sentence when they cannot be read.
[[nodiscard]] wire::Result<QByteArray> harBody(const QString &text, const QString &encoding);

} // namespace traffic
