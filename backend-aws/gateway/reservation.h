// A tunnel's name: whom it belongs to, which links serve it, and who may have it next, by the relay's rules
// (core/relay/tunnel_registry.h). Pure: read one, decide, write it with its version. Any thread; the clock is an argument.
#pragma once

#include "edge/jwt_claims.h"
#include "wire/message.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gateway {

using Time = std::chrono::sys_time<std::chrono::milliseconds>;

struct Reservation {
    std::string name;
    std::string owner{}; // empty: nobody in particular
    std::string session{};
    std::vector<std::string> links{}; // connection ids
    bool drawn = false; // the name was not asked for
    Time lostAt{}; // when the last link went
    Time usedAt{};
    Time ends{}; // as if it had never been, then
    std::uint64_t maxBody = 0; // of one request, by the owner's token; 0: the server's limit
    std::int64_t requestsPerMinute = 0; // by the owner's token; 0: the server's limit
    std::int64_t version = 0; // 0: not written yet

    friend bool operator==(const Reservation &, const Reservation &) = default;
};

// Who says `ready`.
struct Claimant {
    std::string connectionId;
    std::string owner; // empty: nobody in particular
    std::optional<edge::JwtClaims> claims;
};

struct Claim {
    Reservation next; // to be saved
    std::vector<std::string> evicted; // links that have to go then
    wire::Error reason; // told to them
};

// The reservation as a reader takes it: nothing when it has ended, and no links when they are so old that API Gateway has
// closed them, whoever forgot to say so.
[[nodiscard]] std::optional<Reservation> current(std::optional<Reservation> stored, Time now);
// Of `ready` for this name, whose reservation is `stored`. Errors: NameTaken, RateLimited.
[[nodiscard]] wire::Result<Claim> claim(std::string_view name, const std::optional<Reservation> &stored,
                                        const wire::Ready &ready, const Claimant &claimant, Time now);
// Without this link; nothing when it does not serve the name.
[[nodiscard]] std::optional<Reservation> release(const Reservation &stored, std::string_view connectionId, Time now);
// Whether it is to outlive its owner's absence.
[[nodiscard]] bool isKept(const Reservation &reservation) noexcept;

} // namespace gateway
