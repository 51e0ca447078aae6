// What a decoded body is and how it reads best. Pure; any thread.
#pragma once

#include "wire/http_head.h"
#include "wire/result.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <string_view>

namespace traffic {

enum class BodyType : std::uint8_t { Empty, Json, Xml, Html, Css, JavaScript, Form, Image, Text, Binary };

// By Content-Type, and by the bytes where that is missing or says nothing (RFC 9110 8.3). application/problem+json and
// the like are Json, image/svg+xml is Image.
[[nodiscard]] BodyType bodyType(std::string_view contentType, const QByteArray &body);
[[nodiscard]] QString bodyTypeName(BodyType type); // "JSON", "Form data", …

// Text in the charset that Content-Type names (UTF-8, UTF-16, Latin-1; else UTF-8 with replacement characters).
[[nodiscard]] QString bodyText(std::string_view contentType, const QByteArray &body);

// Indented by two spaces, order of keys and spelling of numbers kept. JSON only as far as it is valid: an error says
// line and column (both from 1) of the first fault.
struct JsonFault {
    int line = 0;
    int column = 0;
    QString sentence;
};
[[nodiscard]] std::expected<QString, JsonFault> prettyJson(const QString &text);
// "a=1&b=2" as one "a: 1" a line, percent-decoded.
[[nodiscard]] QString prettyForm(const QString &text);

// Lines of "00000010  48 54 …  HTT…", at most `limit` bytes of input.
[[nodiscard]] QString hexDump(const QByteArray &body, qsizetype limit);

} // namespace traffic
