// Who may connect: the answer to the WebSocket API's authorizer, by the token in the Authorization field and nothing else (never
// a query parameter, which proxies log). Owned by the ws function.
#pragma once

#include "events/event.h"
#include "functions/world.h"
#include "gateway/live.h"

#include <string>
#include <string_view>

namespace functions {

class Admission {
public:
    // `issuer` may be null: no key set elsewhere.
    Admission(World &world, gateway::IssuerKeys *issuer) : m_world(world), m_issuer(issuer) {}

    [[nodiscard]] std::string answer(const events::AuthorizerEvent &event, Time deadline, const gateway::Live &live);

private:
    wire::Result<edge::JwtClaims> verify(std::string_view token, Time deadline, const gateway::Live &live);
    wire::Result<edge::JwtKeys> keysFor(std::string_view token, Time deadline, const gateway::Live &live);

    World &m_world;
    gateway::IssuerKeys *m_issuer;
};

// The token of `Authorization: Bearer TOKEN` (RFC 6750 2.1; the scheme in any case); empty for anything else.
[[nodiscard]] std::string_view bearerToken(std::string_view authorization) noexcept;

} // namespace functions
