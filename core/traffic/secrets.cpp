#include "traffic/secrets.h"

#include "traffic/body_type.h"

#include <algorithm>
#include <array>
#include <span>

namespace traffic {

namespace {

constexpr std::string_view kRedacted = "REDACTED";

// In lower case and without the marks between words: "X-Api-Key" and "api_key" are alike.
std::string plainName(std::string_view name)
{
    std::string plain;
    for (const char c : name)
        if (c != '-' && c != '_' && c != '.')
            plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    return plain;
}

bool hasOneOf(std::string_view name, std::span<const std::string_view> words)
{
    return std::ranges::any_of(words, [name](auto word) { return name.find(word) != std::string_view::npos; });
}

bool namesSecret(std::string_view plain)
{
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"authorization", "cookie", "token", "secret", "password", "passwd", "passphrase", "session", "credential",
         "jwt", "apikey", "authkey", "accesskey", "privatekey", "subscriptionkey"});
    return hasOneOf(plain, kWords);
}

bool isSecretParameter(std::string_view name)
{
    static constexpr auto kNames = std::to_array<std::string_view>({"auth", "code", "key", "pass", "pwd", "sig"});
    const auto plain = plainName(name);
    return namesSecret(plain) || plain.find("signature") != std::string::npos ||
           std::ranges::find(kNames, plain) != kNames.end();
}

// "name=REDACTED", or all of it when it has no name.
std::string redactedPair(std::string_view pair)
{
    const auto equals = pair.find('=');
    return std::string(equals == std::string_view::npos ? std::string_view() : pair.substr(0, equals + 1)) +
           std::string(kRedacted);
}

std::string redactedCookies(std::string_view value)
{
    std::string out;
    while (!value.empty()) {
        const auto end = std::min(value.find(';'), value.size());
        const auto blanks = std::min(value.find_first_not_of(' '), end);
        out += out.empty() ? "" : "; ";
        out += redactedPair(value.substr(blanks, end - blanks));
        value.remove_prefix(std::min(end + 1, value.size()));
    }
    return out;
}

// "Bearer abc" keeps its scheme (RFC 9110 11.4).
std::string redactedCredentials(std::string_view value)
{
    const auto space = value.find(' ');
    return std::string(space == std::string_view::npos ? std::string_view() : value.substr(0, space + 1)) +
           std::string(kRedacted);
}

bool isUrlField(std::string_view name)
{
    static constexpr auto kNames = std::to_array<std::string_view>({"location", "content-location", "referer"});
    return std::ranges::any_of(kNames, [name](auto known) { return wire::sameFieldName(name, known); });
}

std::string redactedParameter(std::string_view parameter)
{
    const auto equals = parameter.find('=');
    if (equals == std::string_view::npos || !isSecretParameter(parameter.substr(0, equals)))
        return std::string(parameter);
    return redactedPair(parameter);
}

} // namespace

bool isSecretField(std::string_view name)
{
    return namesSecret(plainName(name));
}

std::string redactedValue(const wire::Header &field)
{
    if (isUrlField(field.name))
        return redactedUrl(field.value);
    if (field.value.empty() || !isSecretField(field.name))
        return field.value;
    if (wire::sameFieldName(field.name, "cookie"))
        return redactedCookies(field.value);
    if (wire::sameFieldName(field.name, "set-cookie")) {
        const auto end = std::min(field.value.find(';'), field.value.size());
        return redactedPair(std::string_view(field.value).substr(0, end)) + field.value.substr(end);
    }
    return redactedCredentials(field.value);
}

std::string redactedUrl(std::string_view url)
{
    const auto query = url.find('?');
    if (query == std::string_view::npos)
        return std::string(url);
    std::string out(url.substr(0, query));
    for (auto at = query; at < url.size();) {
        const auto end = std::min(url.find('&', at + 1), url.size());
        out += url[at]; // "?" or "&"
        out += redactedParameter(url.substr(at + 1, end - at - 1));
        at = end;
    }
    return out;
}

QByteArray redactedBody(std::string_view contentType, const QByteArray &body)
{
    if (bodyType(contentType, body) != BodyType::Form)
        return body;
    return QByteArray::fromStdString(redactedUrl("?" + body.toStdString())).mid(1);
}

} // namespace traffic
