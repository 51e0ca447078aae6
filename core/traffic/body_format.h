// How a decoded body reads best. Pure; any thread. What it is: body_type.h. JSON: json_pretty.h.
#pragma once

#include "traffic/body_type.h"
#include "traffic/json_pretty.h"

#include <QByteArray>
#include <QString>

#include <string_view>

namespace traffic {

[[nodiscard]] QString bodyTypeName(BodyType type); // "JSON", "Form data", …

// Text in the charset that Content-Type or a byte order mark names, for HTML also its <meta> (UTF-8, UTF-16, UTF-32,
// Latin-1; else UTF-8 with replacement characters). A character cut off at the end is left out.
[[nodiscard]] QString bodyText(std::string_view contentType, const QByteArray &body);

// "a=1&b=2" as one "a: 1" a line, percent-decoded; further lines of a value are indented.
[[nodiscard]] QString prettyForm(const QString &text);

// Lines of "00000010  48 54 …  HTT…", at most `limit` bytes of input.
[[nodiscard]] QString hexDump(const QByteArray &body, qsizetype limit);

} // namespace traffic
