// What kind of body this is. Pure; any thread; looks at the beginning of the bytes only.
#pragma once

#include <QByteArray>

#include <cstdint>
#include <string_view>

namespace traffic {

enum class BodyType : std::uint8_t { Empty, Json, Xml, Html, Css, JavaScript, Form, Image, Text, Binary };

// By Content-Type, and by the bytes where that is missing or says nothing (RFC 9110 8.3). application/problem+json and
// the like are Json, image/svg+xml is Image.
[[nodiscard]] BodyType bodyType(std::string_view contentType, const QByteArray &body);

} // namespace traffic
