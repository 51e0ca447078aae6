#include "events/answers.h"

#include "wire/base64.h"
#include "wire/limits.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <optional>

namespace events {

namespace {

using nlohmann::json;
using wire::Code;

std::string lowered(std::string_view name)
{
    std::string text(name);
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return text;
}

// Bytes over ASCII in a field are rare and have no encoding of their own (RFC 9110 5.5): each becomes the character of that
// number, as most readers take it.
std::string latin1(std::string_view value)
{
    std::string text;
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            text.push_back(c);
        } else {
            text.push_back(static_cast<char>(0xc0 | (byte >> 6)));
            text.push_back(static_cast<char>(0x80 | (byte & 0x3f)));
        }
    }
    return text;
}

// The length that API Gateway counts itself is left out; of a HEAD request's answer it has nothing to count.
bool isKept(std::string_view name, bool bodyless)
{
    return bodyless || name != "content-length";
}

json fieldsOf(const wire::HeaderList &headers, bool bodyless)
{
    std::map<std::string, std::string> fields;
    for (const auto &header : headers) {
        const auto name = lowered(header.name);
        if (name == "set-cookie" || !isKept(name, bodyless))
            continue;
        const auto [at, isNew] = fields.try_emplace(name, latin1(header.value));
        if (!isNew)
            at->second.append(", ").append(latin1(header.value));
    }
    return fields;
}

json cookiesOf(const wire::HeaderList &headers)
{
    auto cookies = json::array();
    for (const auto &header : headers) {
        if (wire::sameFieldName(header.name, "set-cookie"))
            cookies.push_back(latin1(header.value));
    }
    return cookies;
}

// As a JSON string, when it is UTF-8 and no longer so than as base64.
std::optional<std::string> asText(std::string_view body)
{
    try {
        auto text = json(body).dump();
        if (text.size() <= 2 + (body.size() + 2) / 3 * 4)
            return text;
    } catch (const json::type_error &) { // not UTF-8
    }
    return std::nullopt;
}

std::string policy(std::string_view methodArn, std::string_view effect, std::string_view principal, const json &context)
{
    json answer{{"principalId", principal},
                {"policyDocument",
                 {{"Version", "2012-10-17"},
                  {"Statement",
                   json::array({{{"Action", "execute-api:Invoke"}, {"Effect", effect}, {"Resource", methodArn}}})}}}};
    if (!context.empty())
        answer["context"] = context;
    return answer.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace

wire::Result<std::string> httpAnswer(const wire::ResponseHead &head, std::string_view body, bool answersHead)
{
    json answer{{"statusCode", head.status},
                {"headers", fieldsOf(head.headers, answersHead || head.status == 304)},
                {"cookies", cookiesOf(head.headers)}};
    auto text = body.empty() ? std::nullopt : asText(body);
    const bool encoded = !body.empty() && !text;
    answer["isBase64Encoded"] = encoded;
    auto whole = answer.dump(-1, ' ', false, json::error_handler_t::replace);
    if (!body.empty()) {
        const auto coded = encoded ? wire::encodeBase64(body) : std::move(*text);
        whole.pop_back();
        whole.reserve(whole.size() + coded.size() + 12); // of these bytes there may be megabytes
        whole.append(encoded ? ",\"body\":\"" : ",\"body\":").append(coded).append(encoded ? "\"}" : "}");
    }
    if (whole.size() > wire::kLambdaPayloadBytes)
        return wire::fail(Code::PayloadTooLarge, "the response is larger than Lambda may answer");
    return whole;
}

std::string allowConnection(std::string_view methodArn, std::string_view owner, std::string_view claims)
{
    return policy(methodArn, "Allow", owner.empty() ? "anonymous" : owner, {{"owner", owner}, {"claims", claims}});
}

std::string denyConnection(std::string_view methodArn)
{
    return policy(methodArn, "Deny", "nobody", json::object());
}

std::string socketAnswer(unsigned status, std::string_view subprotocol)
{
    json answer{{"statusCode", status}};
    if (!subprotocol.empty())
        answer["headers"] = {{"Sec-WebSocket-Protocol", subprotocol}};
    return answer.dump();
}

} // namespace events
