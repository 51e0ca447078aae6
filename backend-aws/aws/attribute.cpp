#include "aws/attribute.h"

#include <charconv>

namespace aws {

using nlohmann::json;

namespace {

const json *valueOf(const json &item, const char *name, const char *type)
{
    const auto attribute = item.is_object() ? item.find(name) : item.end();
    if (!item.is_object() || attribute == item.end() || !attribute->is_object())
        return nullptr;
    const auto value = attribute->find(type);
    return value == attribute->end() ? nullptr : &*value;
}

} // namespace

json textValue(std::string_view text)
{
    return {{"S", text}};
}

json numberValue(std::int64_t number)
{
    return {{"N", std::to_string(number)}};
}

json flagValue(bool flag)
{
    return {{"BOOL", flag}};
}

json textsValue(const std::vector<std::string> &texts)
{
    return {{"SS", texts}};
}

std::string textOf(const json &item, const char *name)
{
    const auto *value = valueOf(item, name, "S");
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

std::optional<std::int64_t> numberOf(const json &item, const char *name)
{
    const auto *value = valueOf(item, name, "N");
    if (value == nullptr || !value->is_string())
        return std::nullopt;
    const auto &text = value->get_ref<const std::string &>();
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

bool flagOf(const json &item, const char *name)
{
    const auto *value = valueOf(item, name, "BOOL");
    return value != nullptr && value->is_boolean() && value->get<bool>();
}

std::vector<std::string> textsOf(const json &item, const char *name)
{
    std::vector<std::string> texts;
    const auto *value = valueOf(item, name, "SS");
    if (value == nullptr || !value->is_array())
        return texts;
    for (const auto &text : *value) {
        if (text.is_string())
            texts.push_back(text.get<std::string>());
    }
    return texts;
}

} // namespace aws
