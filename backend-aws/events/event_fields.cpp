#include "events/event_fields.h"

#include "wire/base64.h"

namespace events {

namespace {

using nlohmann::json;

void addValue(wire::HeaderList &headers, const std::string &name, const json &value)
{
    if (value.is_string())
        headers.push_back({name, value.get<std::string>()});
}

} // namespace

const json *memberAt(const json &event, std::initializer_list<const char *> path)
{
    const json *at = &event;
    for (const auto *key : path) {
        if (!at->is_object())
            return nullptr;
        const auto found = at->find(key);
        if (found == at->end())
            return nullptr;
        at = &*found;
    }
    return at;
}

std::string textAt(const json &event, std::initializer_list<const char *> path)
{
    const auto *member = memberAt(event, path);
    return member != nullptr && member->is_string() ? member->get<std::string>() : std::string();
}

std::int64_t numberAt(const json &event, std::initializer_list<const char *> path)
{
    const auto *member = memberAt(event, path);
    return member != nullptr && member->is_number_integer() ? member->get<std::int64_t>() : 0;
}

wire::HeaderList headersAt(const json &event, const char *key)
{
    wire::HeaderList headers;
    const auto *fields = memberAt(event, {key});
    if (fields == nullptr || !fields->is_object())
        return headers;
    for (const auto &[name, value] : fields->items()) {
        if (!value.is_array()) {
            addValue(headers, name, value);
            continue;
        }
        for (const auto &one : value)
            addValue(headers, name, one);
    }
    return headers;
}

wire::Result<std::string> bodyOf(const json &event)
{
    const auto *body = memberAt(event, {"body"});
    if (body == nullptr || !body->is_string())
        return std::string();
    const auto &text = body->get_ref<const std::string &>();
    const auto *encoded = memberAt(event, {"isBase64Encoded"});
    if (encoded != nullptr && encoded->is_boolean() && encoded->get<bool>())
        return wire::decodeBase64(text);
    return text;
}

} // namespace events
