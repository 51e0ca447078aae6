// What a tunnel client may do, once it is admitted. A value; any thread.
#pragma once

#include "edge/jwt_claims.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>

namespace relay {

struct Grant {
    // Empty for nobody in particular (no token on an open relay), else the same for each token of one owner.
    std::string identity;
    std::shared_ptr<const edge::JwtClaims> claims; // null but for JWTs: those of a token file may do everything
};

// Of one request, in a relay that allows `most`.
[[nodiscard]] inline std::uint64_t maxBodyBytes(const edge::JwtClaims *claims, std::uint64_t most) noexcept
{
    return claims && claims->maxBodyBytes ? std::min(*claims->maxBodyBytes, most) : most;
}

} // namespace relay
