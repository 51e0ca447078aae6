// Fields of an event's JSON that may be absent, null or of another type. Inner part of the readers of events.
#pragma once

#include "wire/http_head.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace events {

// The member at this path; null when there is none.
[[nodiscard]] const nlohmann::json *memberAt(const nlohmann::json &event, std::initializer_list<const char *> path);
// Empty when there is no text.
[[nodiscard]] std::string textAt(const nlohmann::json &event, std::initializer_list<const char *> path);
[[nodiscard]] std::int64_t numberAt(const nlohmann::json &event, std::initializer_list<const char *> path);
// {name: value} and {name: [values]}.
[[nodiscard]] wire::HeaderList headersAt(const nlohmann::json &event, const char *key);
// `body`, decoded when `isBase64Encoded`.
[[nodiscard]] wire::Result<std::string> bodyOf(const nlohmann::json &event);

} // namespace events
