// What this environment knows of tunnels for a few seconds, so that not each request reads their reservation. A link that
// turned out to be gone is forgotten at once. Pure; owned by the http function; the clock is an argument.
#pragma once

#include "gateway/reservation.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace gateway {

class TunnelMemory {
public:
    // Null when nothing is known, or it is too old.
    [[nodiscard]] const Reservation *find(std::string_view name, Time now) const;
    const Reservation &remember(Reservation reservation, Time now);
    void forget(std::string_view name);

    // Whether this link is known to tell `address` of its end.
    [[nodiscard]] bool isNoted(std::string_view connectionId, std::string_view address) const;
    void note(std::string_view connectionId, std::string_view address);

private:
    struct Entry {
        Reservation reservation;
        Time readAt{};
    };

    std::map<std::string, Entry, std::less<>> m_tunnels;
    std::string m_address; // of all notes
    std::set<std::string, std::less<>> m_noted;
};

} // namespace gateway
