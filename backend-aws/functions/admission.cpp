#include "functions/admission.h"

#include "edge/jwt.h"
#include "events/answers.h"
#include "wire/limits.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace functions {

using wire::Code;
using wire::Result;

namespace {

constexpr std::string_view kScheme = "Bearer ";
constexpr std::string_view kJwtOwner = "jwt:"; // in front of the subject, as the relay has it

edge::JwtTime secondsOf(Time time)
{
    return std::chrono::floor<std::chrono::seconds>(time);
}

} // namespace

std::string_view bearerToken(std::string_view authorization) noexcept
{
    if (authorization.size() <= kScheme.size() ||
        !wire::sameFieldName(authorization.substr(0, kScheme.size()), kScheme))
        return {};
    auto token = authorization.substr(kScheme.size());
    while (token.starts_with(' '))
        token.remove_prefix(1);
    return token;
}

// An issuer's set is asked for only when none of the keys at hand could have signed the token.
Result<edge::JwtKeys> Admission::keysFor(std::string_view token, Time deadline, const gateway::Live &live)
{
    const auto header = edge::readJwtHeader(token);
    if (!header)
        return std::unexpected(header.error());
    auto keys = live.jwtKeys;
    if (m_issuer == nullptr || keys.knows(*header))
        return keys;
    auto fetched = m_issuer->keys(false, deadline);
    if (fetched && !fetched->knows(*header))
        fetched = m_issuer->keys(true, deadline);
    if (!fetched)
        return std::unexpected(std::move(fetched.error()));
    keys.add(*fetched);
    return keys;
}

Result<edge::JwtClaims> Admission::verify(std::string_view token, Time deadline, const gateway::Live &live)
{
    if (token.empty())
        return wire::fail(Code::Unauthorized, "there is no token");
    if (token.size() > wire::kMaxTokenBytes)
        return wire::fail(Code::Unauthorized, "the token is too long");
    const auto keys = keysFor(token, deadline, live);
    if (!keys)
        return std::unexpected(keys.error());
    return edge::verifyJwt(token, *keys, live.jwtRules, secondsOf(m_world.clock()));
}

std::string Admission::answer(const events::AuthorizerEvent &event, Time deadline, const gateway::Live &live)
{
    const auto token = bearerToken(wire::findHeader(event.headers, "Authorization").value_or(""));
    const auto claims = verify(token, deadline, live);
    if (claims) {
        const auto owner = std::string(kJwtOwner) + claims->subject;
        return events::allowConnection(event.methodArn, owner, edge::jwtPayload(*claims).dump());
    }
    if (!live.settings.security.requireAuthentication)
        return events::allowConnection(event.methodArn, {}, {});
    m_world.log.warn("link_refused", {{"connection_id", event.connectionId}, {"reason", claims.error().message}});
    return events::denyConnection(event.methodArn);
}

} // namespace functions
