// What limits have turned away, for the operator: each one counts in the metrics, and of those by one limit for one
// tunnel or address there is one line in the log at once and then one for each kRefusalSummary. Owned by Context; relay thread
// only; the clock is an argument.
#pragma once

#include "relay/log.h"
#include "relay/metrics.h"
#include "wire/stream_credit.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace relay {

class Refusals {
public:
    Refusals(Log &log, Metrics &metrics) : m_log(log), m_metrics(metrics) {}

    void request(std::string_view limit, std::string_view tunnel, wire::SteadyTime now);
    void connection(std::string_view limit, std::string_view address, wire::SteadyTime now);
    // Writes the lines that are due. Called every second or so.
    void sweep(wire::SteadyTime now);

private:
    struct Group {
        std::uint64_t unsaid = 0;
        wire::SteadyTime saidAt{};
    };
    enum class Kind : std::uint8_t { Request, Connection };
    struct Key {
        Kind kind;
        std::string limit;
        std::string subject; // a tunnel's name, an address
        friend auto operator<=>(const Key &, const Key &) = default;
    };

    void count(Kind kind, std::string_view limit, std::string_view subject, wire::SteadyTime now);
    void say(const Key &key, Group &group, wire::SteadyTime now);

    Log &m_log;
    Metrics &m_metrics;
    std::map<Key, Group> m_groups;
};

} // namespace relay
