#include "edge/jwt_claims.h"

#include "edge/name_pattern.h"
#include "wire/limits.h"

#include <fmt/chrono.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>

namespace edge {

namespace {

using nlohmann::json;
using wire::Code;
using wire::Result;

std::unexpected<wire::Error> refuse(std::string why)
{
    return wire::fail(Code::Unauthorized, std::move(why));
}

bool isText(std::string_view text, std::size_t most) noexcept
{
    return !text.empty() && text.size() <= most &&
           std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != '\x7f'; });
}

// Reads claim after claim; the first that is wrong counts.
class ClaimReader {
public:
    explicit ClaimReader(const json &payload) : m_payload(payload) {}

    void time(const char *name, std::optional<JwtTime> &out)
    {
        read(name, "is no time in seconds since 1970", [&](const json &value) {
            out = numericDate(value);
            return out.has_value();
        });
    }
    void text(const char *name, std::string &out)
    {
        read(name, "is no text of 1 to 256 bytes", [&](const json &value) { return take(value, out); });
    }
    void count(const char *name, std::optional<std::uint64_t> &out)
    {
        read(name, "is no whole number above 0", [&](const json &value) {
            if (!value.is_number_unsigned() || value.get<std::uint64_t>() == 0)
                return false;
            out = value.get<std::uint64_t>();
            return true;
        });
    }
    void audience(std::vector<std::string> &out)
    {
        read("aud", "is no text and no short list of texts", [&](const json &value) {
            if (!value.is_array())
                return take(value, out.emplace_back());
            return value.size() <= wire::kMaxJwtAudiences &&
                   std::ranges::all_of(value, [&](const json &one) { return take(one, out.emplace_back()); });
        });
    }
    void patterns(std::optional<std::vector<std::string>> &out)
    {
        read("tunnels", "is no short list of names, of a-z, 0-9, - and *", [&](const json &value) {
            out.emplace();
            return value.is_array() && value.size() <= wire::kMaxNamePatterns &&
                   std::ranges::all_of(value, [&](const json &one) {
                       return take(one, out->emplace_back()) && isNamePattern(out->back());
                   });
        });
    }
    void rate(std::optional<double> &out)
    {
        read("rate", "is no number of requests a second", [&](const json &value) {
            if (!value.is_number())
                return false;
            out = value.get<double>();
            return *out > 0 && *out <= wire::kMaxTokenRate;
        });
    }
    [[nodiscard]] const std::string &problem() const noexcept { return m_problem; }

private:
    template <class Take>
    void read(const char *name, std::string_view problem, Take take)
    {
        const auto found = m_payload.find(name);
        if (m_problem.empty() && found != m_payload.end() && !take(*found))
            m_problem = fmt::format("the token's {} {}", name, problem);
    }
    static bool take(const json &value, std::string &out)
    {
        if (!value.is_string() || !isText(value.get_ref<const std::string &>(), wire::kMaxJwtTextBytes))
            return false;
        out = value.get<std::string>();
        return true;
    }

    const json &m_payload;
    std::string m_problem;
};

template <class T>
void put(json &payload, const char *name, const std::optional<T> &value)
{
    if (value)
        payload[name] = *value;
}

void putTime(json &payload, const char *name, const std::optional<JwtTime> &time)
{
    if (time)
        payload[name] = time->time_since_epoch().count();
}

void putText(json &payload, const char *name, const std::string &text)
{
    if (!text.empty())
        payload[name] = text;
}

} // namespace

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

Result<JwtClaims> readJwtClaims(const json &payload)
{
    const auto subject = payload.find("sub");
    if (subject == payload.end() || !subject->is_string() ||
        !isText(subject->get_ref<const std::string &>(), wire::kMaxJwtSubjectBytes))
        return refuse("the token does not say whose it is (sub)");
    JwtClaims claims{.subject = subject->get<std::string>()};
    ClaimReader reader(payload);
    reader.time("exp", claims.expires);
    reader.time("nbf", claims.notBefore);
    reader.time("iat", claims.issued);
    reader.text("iss", claims.issuer);
    reader.audience(claims.audience);
    reader.text("jti", claims.id);
    reader.patterns(claims.tunnels);
    reader.count("max_tunnels", claims.maxTunnels);
    reader.count("max_body_bytes", claims.maxBodyBytes);
    reader.rate(claims.rate);
    if (!reader.problem().empty())
        return refuse(reader.problem());
    return claims;
}

json jwtPayload(const JwtClaims &claims)
{
    json payload{{"sub", claims.subject}};
    putText(payload, "iss", claims.issuer);
    putText(payload, "jti", claims.id);
    if (claims.audience.size() == 1)
        payload["aud"] = claims.audience.front();
    else if (!claims.audience.empty())
        payload["aud"] = claims.audience;
    putTime(payload, "iat", claims.issued);
    putTime(payload, "nbf", claims.notBefore);
    putTime(payload, "exp", claims.expires);
    put(payload, "tunnels", claims.tunnels);
    put(payload, "max_tunnels", claims.maxTunnels);
    put(payload, "max_body_bytes", claims.maxBodyBytes);
    put(payload, "rate", claims.rate);
    return payload;
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

Result<> checkJwtParties(const JwtClaims &claims, const JwtRules &rules)
{
    if (!rules.issuer.empty() && claims.issuer != rules.issuer)
        return refuse("the token comes from another issuer (iss) than this relay believes");
    const bool namesNobody = claims.audience.empty() && rules.audiences.empty();
    if (!namesNobody && std::ranges::find_first_of(claims.audience, rules.audiences) == claims.audience.end())
        return refuse("the token is for another service (aud), not for this relay");
    return {};
}

bool allowsTunnel(const JwtClaims &claims, std::string_view name) noexcept
{
    return !claims.tunnels || std::ranges::any_of(*claims.tunnels, [name](const std::string &pattern) {
        return matchesName(pattern, name);
    });
}

std::string jwtTimeText(JwtTime time)
{
    // Not by system_clock::to_time_t(), whose nanoseconds end in the year 2262.
    return fmt::format("{:%Y-%m-%d %H:%M} UTC", fmt::gmtime(std::time_t{time.time_since_epoch().count()}));
}

} // namespace edge
