// JSON made readable. Pure; any thread; work and memory linear in the text, whatever it nests.
#pragma once

#include <QString>

#include <expected>

namespace traffic {

// The first fault; line and column count from 1, columns in UTF-16 units as QString does.
struct JsonFault {
    int line = 0;
    int column = 0;
    QString sentence;
};

// Indented by two spaces, order of keys, spelling of numbers and escapes kept. JSON as RFC 8259 has it, no more.
[[nodiscard]] std::expected<QString, JsonFault> prettyJson(const QString &text);

// Whether an object or an array begins here and nothing contradicts it up to the end, where it may break off.
[[nodiscard]] bool isJsonBeginning(const QString &text);

} // namespace traffic
