// The title of a page, as a person would read it. Pure; any thread.
#pragma once

#include <QByteArray>
#include <QString>

namespace discovery {

// The text of the first <title>: entities decoded, white space collapsed, at most wire::kMaxTitleChars (the last an
// ellipsis when it was longer), without control characters. `charset` is what Content-Type names; when it is empty the
// page's own <meta> counts, else UTF-8. The page may be cut off anywhere.
[[nodiscard]] QString htmlTitle(const QByteArray &html, const QByteArray &charset = {});

// The same care for other text from a service.
[[nodiscard]] QString shownText(const QString &text);

} // namespace discovery
