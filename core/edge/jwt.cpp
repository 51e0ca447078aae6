#include "edge/jwt.h"

#include "wire/base64.h"
#include "wire/json_reader.h"
#include "wire/limits.h"

#include <algorithm>
#include <optional>

namespace edge {

namespace {

using nlohmann::json;
using wire::Code;
using wire::Result;

std::unexpected<wire::Error> refuse(std::string why)
{
    return wire::fail(Code::Unauthorized, std::move(why));
}

std::unexpected<wire::Error> malformed()
{
    return refuse("the token is no well-formed JWT; copy it again, whole");
}

struct Parts {
    std::string_view header;
    std::string_view payload;
    std::string_view signature;
    std::string_view signedPart; // the first two with the point between them
};

// Three parts, none empty; an empty signature is that of `alg: none` (RFC 7519 6).
std::optional<Parts> split(std::string_view token) noexcept
{
    const auto first = token.find('.');
    const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (token.size() > wire::kMaxTokenBytes || second == std::string_view::npos)
        return std::nullopt;
    const Parts parts{token.substr(0, first), token.substr(first + 1, second - first - 1), token.substr(second + 1),
                      token.substr(0, second)};
    const bool whole = !parts.header.empty() && !parts.payload.empty() && !parts.signature.empty() &&
                       parts.signature.find('.') == std::string_view::npos;
    return whole ? std::optional(parts) : std::nullopt;
}

std::optional<json> decodeObject(std::string_view part)
{
    const auto text = wire::decodeBase64Url(part);
    auto object = text ? wire::parseJsonObject(*text) : std::unexpected(text.error());
    return object ? std::optional(std::move(*object)) : std::nullopt;
}

bool isText(const json &value, std::string_view text)
{
    return value.is_string() && value.get_ref<const std::string &>() == text;
}

// An extension that must be understood is not (RFC 7515 4.1.11).
Result<JwtHeader> readHeader(const json &header)
{
    const auto name = header.find("alg");
    const auto algorithm =
        name != header.end() && name->is_string() ? jwtAlgorithmOf(name->get_ref<const std::string &>()) : std::nullopt;
    if (!algorithm)
        return refuse("this relay does not take the algorithm that the token is signed with (alg)");
    if (header.contains("crit"))
        return refuse("the token asks for an extension (crit) that this relay does not know");
    const auto type = header.find("typ");
    if (type != header.end() && !isText(*type, "JWT") && !isText(*type, "jwt"))
        return refuse("the token is of another kind (typ) than a JWT");
    const auto id = header.find("kid");
    if (id == header.end())
        return JwtHeader{*algorithm, {}};
    if (!id->is_string() || id->get_ref<const std::string &>().empty() ||
        id->get_ref<const std::string &>().size() > wire::kMaxJwtTextBytes)
        return refuse("the token's kid is no text of 1 to 256 bytes");
    return JwtHeader{*algorithm, id->get<std::string>()};
}

Result<JwtClaims> readPayload(const Parts &parts)
{
    const auto payload = decodeObject(parts.payload);
    return payload ? readJwtClaims(*payload) : malformed();
}

Result<JwtClaims> readChecked(const Parts &parts, const JwtRules &rules, JwtTime now)
{
    auto claims = readPayload(parts);
    if (!claims)
        return claims;
    auto checked = checkJwtParties(*claims, rules);
    if (checked)
        checked = checkJwtTimes(*claims, now);
    if (!checked)
        return std::unexpected(std::move(checked.error()));
    return claims;
}

json headerOf(const JwtKey &key, JwtAlgorithm algorithm)
{
    json header{{"alg", jwtAlgorithmName(algorithm)}, {"typ", "JWT"}};
    if (!key.use().id.empty())
        header["kid"] = key.use().id;
    return header;
}

std::string encoded(const json &object)
{
    return wire::encodeBase64Url(object.dump(-1, ' ', false, json::error_handler_t::replace));
}

} // namespace

Result<JwtClaims> verifyJwt(std::string_view token, const JwtKeys &keys, const JwtRules &rules, JwtTime now)
{
    const auto parts = split(token);
    if (!parts)
        return malformed();
    const auto header = readJwtHeader(token);
    if (!header)
        return std::unexpected(header.error());
    const auto key = keys.choose(*header, now);
    if (!key)
        return std::unexpected(key.error());
    const auto signature = wire::decodeBase64Url(parts->signature);
    if (!signature || !(*key)->verify(header->algorithm, parts->signedPart, *signature))
        return refuse("this relay does not know the token: it was signed with another key");
    return readChecked(*parts, rules, now);
}

Result<std::string> signJwt(const JwtClaims &claims, const JwtKey &key, JwtAlgorithm algorithm)
{
    auto token = encoded(headerOf(key, algorithm)) + "." + encoded(jwtPayload(claims));
    const auto signature = key.sign(algorithm, token);
    if (!signature)
        return std::unexpected(signature.error());
    token += "." + wire::encodeBase64Url(*signature);
    const auto readBack = readUnverifiedJwt(token);
    if (!readBack || *readBack != claims)
        return wire::fail(Code::InvalidRequest,
                          "a subject is 1 to 256 bytes of UTF-8 text without control characters, as are issuer and "
                          "audience; tunnels are names of a-z, 0-9 and -, with * for any; all in 8 KiB");
    return token;
}

bool looksLikeJwt(std::string_view token) noexcept
{
    return std::ranges::count(token, '.') == 2;
}

Result<JwtHeader> readJwtHeader(std::string_view token)
{
    const auto parts = split(token);
    const auto header = parts ? decodeObject(parts->header) : std::nullopt;
    return header ? readHeader(*header) : malformed();
}

Result<JwtClaims> readUnverifiedJwt(std::string_view token)
{
    const auto parts = split(token);
    return parts ? readPayload(*parts) : malformed();
}

} // namespace edge
