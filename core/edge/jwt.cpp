#include "edge/jwt.h"

#include "wire/base64.h"
#include "wire/json_reader.h"

#include <fmt/chrono.h>
#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>

namespace edge {

namespace {

using nlohmann::json;
using wire::Code;
using wire::Result;

constexpr std::string_view kHeader = R"({"alg":"HS256","typ":"JWT"})";

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

// The algorithm is ours to choose, not the token's (RFC 8725 3.1); an extension that must be understood is not.
Result<> checkHeader(const json &header)
{
    if (!header.contains("alg") || !isText(header["alg"], "HS256"))
        return refuse("this relay takes JWTs signed with HS256 only");
    if (header.contains("crit"))
        return refuse("the token asks for an extension (crit) that this relay does not know");
    const auto type = header.find("typ");
    if (type != header.end() && !isText(*type, "JWT") && !isText(*type, "jwt"))
        return refuse("the token is of another kind (typ) than a JWT");
    return {};
}

// NumericDate (RFC 7519 2): seconds, possibly with a fraction. Outside of the years that a calendar knows it is none.
std::optional<JwtTime> numericDate(const json &value)
{
    const auto inRange = [](double seconds) {
        return seconds >= 0 && seconds <= static_cast<double>(wire::kMaxJwtTime);
    };
    if (!value.is_number() || !inRange(value.get<double>()))
        return std::nullopt;
    if (value.is_number_float())
        return JwtTime(std::chrono::seconds(static_cast<std::int64_t>(std::floor(value.get<double>()))));
    return JwtTime(std::chrono::seconds(value.get<std::int64_t>()));
}

Result<std::optional<JwtTime>> timeClaim(const json &payload, const char *name)
{
    const auto found = payload.find(name);
    if (found == payload.end())
        return std::nullopt;
    const auto time = numericDate(*found);
    if (!time)
        return refuse(fmt::format("the token's {} is no time in seconds since 1970", name));
    return time;
}

bool isSubject(std::string_view subject) noexcept
{
    return !subject.empty() && subject.size() <= wire::kMaxJwtSubjectBytes &&
           std::ranges::all_of(subject, [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != '\x7f'; });
}

Result<JwtClaims> readClaims(const json &payload)
{
    const auto subject = payload.find("sub");
    if (subject == payload.end() || !subject->is_string() || !isSubject(subject->get_ref<const std::string &>()))
        return refuse("the token does not say whose it is (sub)");
    JwtClaims claims{.subject = subject->get<std::string>(), .expires = {}, .notBefore = {}, .issued = {}};
    const std::array<std::pair<const char *, std::optional<JwtTime> *>, 3> times{
        {{"exp", &claims.expires}, {"nbf", &claims.notBefore}, {"iat", &claims.issued}}};
    for (const auto &[name, time] : times) {
        auto value = timeClaim(payload, name);
        if (!value)
            return std::unexpected(std::move(value.error()));
        *time = *value;
    }
    return claims;
}

Result<JwtClaims> readPayload(const Parts &parts)
{
    const auto payload = decodeObject(parts.payload);
    return payload ? readClaims(*payload) : malformed();
}

void putTime(json &payload, const char *name, const std::optional<JwtTime> &time)
{
    if (time)
        payload[name] = time->time_since_epoch().count();
}

} // namespace

Result<JwtKey> JwtKey::fromSecret(std::string secret)
{
    if (secret.size() >= wire::kMinJwtSecretBytes && secret.size() <= wire::kMaxJwtSecretBytes)
        return JwtKey(std::move(secret));
    const auto size = secret.size();
    OPENSSL_cleanse(secret.data(), secret.size());
    return wire::fail(Code::InvalidRequest,
                      fmt::format("a JWT secret has {} to {} bytes, not {}; `openssl rand -hex 32` makes a good one",
                                  wire::kMinJwtSecretBytes, wire::kMaxJwtSecretBytes, size));
}

JwtKey::~JwtKey()
{
    OPENSSL_cleanse(m_secret.data(), m_secret.size());
}

std::string JwtKey::signatureOf(std::string_view signedPart) const
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
    unsigned size = 0;
    HMAC(EVP_sha256(), m_secret.data(), static_cast<int>(m_secret.size()),
         reinterpret_cast<const unsigned char *>(signedPart.data()), signedPart.size(), code.data(), &size);
    return {code.begin(), code.begin() + size};
}

Result<JwtClaims> JwtKey::verify(std::string_view token, JwtTime now) const
{
    const auto parts = split(token);
    const auto header = parts ? decodeObject(parts->header) : std::nullopt;
    if (!header)
        return malformed();
    if (auto checked = checkHeader(*header); !checked)
        return std::unexpected(std::move(checked.error()));
    const auto given = wire::decodeBase64Url(parts->signature);
    const auto right = signatureOf(parts->signedPart);
    if (!given || given->size() != right.size() || CRYPTO_memcmp(given->data(), right.data(), right.size()) != 0)
        return refuse("this relay does not know the token: it was signed with another secret");
    auto claims = readPayload(*parts);
    if (!claims)
        return claims;
    if (auto checked = checkJwtTimes(*claims, now); !checked)
        return std::unexpected(std::move(checked.error()));
    return claims;
}

Result<std::string> JwtKey::sign(const JwtClaims &claims) const
{
    json payload{{"sub", claims.subject}};
    putTime(payload, "iat", claims.issued);
    putTime(payload, "nbf", claims.notBefore);
    putTime(payload, "exp", claims.expires);
    const auto text = payload.dump(-1, ' ', false, json::error_handler_t::replace);
    auto token = wire::encodeBase64Url(kHeader) + "." + wire::encodeBase64Url(text);
    token += "." + wire::encodeBase64Url(signatureOf(token));
    const auto readBack = readUnverifiedJwt(token);
    if (!readBack || *readBack != claims)
        return wire::fail(Code::InvalidRequest, "a subject is 1 to 256 bytes of UTF-8 text without control characters");
    return token;
}

bool looksLikeJwt(std::string_view token) noexcept
{
    return std::ranges::count(token, '.') == 2;
}

Result<JwtClaims> readUnverifiedJwt(std::string_view token)
{
    const auto parts = split(token);
    return parts ? readPayload(*parts) : malformed();
}

Result<> checkJwtTimes(const JwtClaims &claims, JwtTime now)
{
    if (claims.expires && now >= *claims.expires + wire::kJwtLeeway)
        return refuse(fmt::format("the token expired on {}; ask for a new one", jwtTimeText(*claims.expires)));
    if (claims.notBefore && now + wire::kJwtLeeway < *claims.notBefore)
        return refuse(fmt::format("the token is not valid before {}", jwtTimeText(*claims.notBefore)));
    if (claims.issued && now + wire::kJwtLeeway < *claims.issued)
        return refuse(fmt::format("the token is not valid yet: it was issued on {}, by a clock ahead of the relay's",
                                  jwtTimeText(*claims.issued)));
    return {};
}

std::string jwtTimeText(JwtTime time)
{
    // Not by system_clock::to_time_t(), whose nanoseconds end in the year 2262.
    return fmt::format("{:%Y-%m-%d %H:%M} UTC", fmt::gmtime(std::time_t{time.time_since_epoch().count()}));
}

} // namespace edge
