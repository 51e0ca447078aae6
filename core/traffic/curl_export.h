// A recorded request as a curl command for a POSIX shell. Pure; any thread.
#pragma once

#include "traffic/exchange.h"
#include "traffic/secrets.h"

#include <QString>

namespace traffic {

// Sends to `url` the method, fields and body that were recorded, no more and no less: curl's own fields are turned off
// where the request had none. Host is the URL's. The body is what was kept of it (Exchange::requestCut, bodiesDropped).
// Secrets (secrets.h) in fields and URL, not in the body, read REDACTED unless asked for.
[[nodiscard]] QString curlCommand(const Exchange &exchange, const QString &url, Redact redact = Redact::Secrets);

} // namespace traffic
