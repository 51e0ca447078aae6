// Attribute values of DynamoDB's JSON: {"S": "text"}, {"N": "5"}, {"BOOL": true}, {"SS": ["a"]}. Pure; any thread.
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aws {

[[nodiscard]] nlohmann::json textValue(std::string_view text);
[[nodiscard]] nlohmann::json numberValue(std::int64_t number);
[[nodiscard]] nlohmann::json flagValue(bool flag);
// Not empty: DynamoDB has no empty sets; leave the attribute out instead.
[[nodiscard]] nlohmann::json textsValue(const std::vector<std::string> &texts);

// Attributes of an item; absent ones, and those of another type, are empty.
[[nodiscard]] std::string textOf(const nlohmann::json &item, const char *name);
[[nodiscard]] std::optional<std::int64_t> numberOf(const nlohmann::json &item, const char *name);
[[nodiscard]] bool flagOf(const nlohmann::json &item, const char *name);
[[nodiscard]] std::vector<std::string> textsOf(const nlohmann::json &item, const char *name);

} // namespace aws
