// Recorded exchanges as a HAR 1.2 log (JSON), which browsers and proxies read. Pure; any thread.
//   Bodies of answers are written decoded, as HAR wants them; text as text, everything else in base64.
//   Times are those we have: 0 for sending, which we do not measure, -1 (unknown) for DNS, connection and TLS.
//   What HAR has no field for is in "_tunnel" and "_…" fields, which har_reader.h takes back.
#pragma once

#include "traffic/exchange.h"
#include "traffic/secrets.h"

#include <QList>
#include <QString>

namespace traffic {

struct HarItem {
    Exchange exchange;
    QString url; // absolute: where it was asked for
};

// Secrets (secrets.h) in fields, cookies, URLs and forms read REDACTED unless asked for; other bodies stay as they are.
[[nodiscard]] QByteArray harLog(const QList<HarItem> &items, Redact redact = Redact::Secrets);

} // namespace traffic
