#include "settings/toml_text.h"

#include <fmt/core.h>

namespace settings {

namespace {

constexpr char kDelete = '\x7f';

bool isControl(char c)
{
    return (c >= '\0' && c < ' ') || c == kDelete;
}

} // namespace

std::string tomlString(const QString &text)
{
    std::string out = "\"";
    for (const char c : text.toStdString()) {
        if (isControl(c)) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
            continue;
        }
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

std::string tomlLine(std::string_view key, const QString &text)
{
    return fmt::format("{} = {}\n", key, tomlString(text));
}

std::string tomlLine(std::string_view key, bool value)
{
    return fmt::format("{} = {}\n", key, value);
}

} // namespace settings
