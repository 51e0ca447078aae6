// One entry of a HAR as a recorded exchange. Pure; any thread. Takes what browsers and proxies write beyond the format:
// pseudo-headers of HTTP/2, several Set-Cookie in one field, ws:// URLs, forms as parameters.
#pragma once

#include "traffic/exchange.h"

#include <QJsonObject>
#include <QString>

namespace traffic {

struct HarEntry {
    Exchange exchange; // without a key; not to be used when one of these says why:
    QString fault; // the file is not what it should be: "“response.status” is a text instead of a number"
    QString unusable; // no request that could be shown here: "its URL begins with data:"
};

[[nodiscard]] HarEntry readHarEntry(const QJsonObject &entry);

} // namespace traffic
