// Writes values as TOML 1.0 spells them. Pure; any thread.
#pragma once

#include <QString>

#include <string>
#include <string_view>

namespace settings {

// A basic string with its quotes: on one line, whatever is in it.
[[nodiscard]] std::string tomlString(const QString &text);

// "key = value\n"
[[nodiscard]] std::string tomlLine(std::string_view key, const QString &text);
[[nodiscard]] std::string tomlLine(std::string_view key, bool value);

} // namespace settings
