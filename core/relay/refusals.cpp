#include "relay/refusals.h"

#include "wire/limits.h"

namespace relay {

void Refusals::request(std::string_view limit, std::string_view tunnel, wire::SteadyTime now)
{
    count(Kind::Request, limit, tunnel, now);
}

void Refusals::connection(std::string_view limit, std::string_view address, wire::SteadyTime now)
{
    count(Kind::Connection, limit, address, now);
}

void Refusals::count(Kind kind, std::string_view limit, std::string_view subject, wire::SteadyTime now)
{
    auto &refused = kind == Kind::Request ? m_metrics.requestsRefused : m_metrics.connectionsRefused;
    ++refused[std::string(limit)];
    Key key{kind, std::string(limit), std::string(subject)};
    auto found = m_groups.find(key);
    if (found != m_groups.end()) {
        ++found->second.unsaid;
    } else if (m_groups.size() < wire::kMaxRefusalSummaries) {
        found = m_groups.emplace(std::move(key), Group{.unsaid = 1}).first;
        say(found->first, found->second, now);
    }
}

void Refusals::say(const Key &key, Group &group, wire::SteadyTime now)
{
    if (key.kind == Kind::Request)
        m_log.warn("requests_refused", {{"tunnel_id", key.subject}, {"limit", key.limit}, {"count", group.unsaid}});
    else
        m_log.warn("connections_refused", {{"client", key.subject}, {"limit", key.limit}, {"count", group.unsaid}});
    group = {.saidAt = now};
}

void Refusals::sweep(wire::SteadyTime now)
{
    for (auto group = m_groups.begin(); group != m_groups.end();) {
        if (now - group->second.saidAt < wire::kRefusalSummary) {
            ++group;
        } else if (group->second.unsaid > 0) {
            say(group->first, group->second, now);
            ++group;
        } else {
            group = m_groups.erase(group);
        }
    }
}

} // namespace relay
