// Requests that this environment may pass on to a tunnel in the present minute without asking again: it takes some at a time
// from the count that all environments share, so that most requests cost no write, and no minute has more than its limit.
// What one environment holds unused is 1 % of the limit, or half of what it used. Pure; owned by the http function.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>

namespace gateway {

class RateLeases {
public:
    enum class Step : std::uint8_t { Pass, Ask, Refuse };
    struct Decision {
        Step step = Step::Pass;
        std::int64_t count = 0; // Ask: how many to take
    };

    // Of one request to this tunnel, whose limit a minute is `limit`. After Ask: taken() or refused(), then again.
    [[nodiscard]] Decision next(std::string_view tunnel, std::int64_t minute, std::int64_t limit);
    void taken(std::string_view tunnel, std::int64_t count);
    // So many were not to be had: half of them are asked for next, or, if it was one, the minute is over.
    void refused(std::string_view tunnel, std::int64_t count);

private:
    struct Lease {
        std::int64_t left = 0;
        std::int64_t used = 0;
        std::int64_t most = std::numeric_limits<std::int64_t>::max(); // to ask for; 0: nothing is left
    };

    std::int64_t m_minute = 0; // all leases are of this one
    std::map<std::string, Lease, std::less<>> m_leases;
};

} // namespace gateway
