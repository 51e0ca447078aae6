// The public side's world in memory: tables, connections and queues as AWS has them, with a clock that moves when somebody waits.
// What a test switches off fails as the service would.
#pragma once

#include "functions/http_function.h"
#include "functions/socket_function.h"
#include "wire/json_codec.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace support {

using gateway::Time;
using wire::Code;
using wire::Result;

struct MemoryClock {
    Time now{std::chrono::milliseconds(1'767'323'045'000)};
};

class MemoryNames final : public gateway::NameStore {
public:
    Result<std::optional<gateway::Reservation>> load(std::string_view name, Time) override
    {
        ++reads;
        if (down)
            return wire::fail(*down, "scripted");
        const auto found = rows.find(std::string(name));
        return found == rows.end() ? std::nullopt : std::optional(found->second);
    }
    Result<bool> save(const gateway::Reservation &reservation, Time) override
    {
        ++writes;
        if (down)
            return wire::fail(*down, "scripted");
        if (races > 0) { // somebody else was faster
            --races;
            return false;
        }
        auto &row = rows[reservation.name];
        if (row.version != reservation.version)
            return false;
        row = reservation;
        ++row.version;
        return true;
    }
    Result<bool> remove(const gateway::Reservation &reservation, Time) override
    {
        return rows.erase(reservation.name) > 0;
    }
    Result<std::vector<gateway::Reservation>> ofOwner(const std::string &owner, Time) override
    {
        std::vector<gateway::Reservation> owned;
        for (const auto &[name, row] : rows) {
            if (row.owner == owner)
                owned.push_back(row);
        }
        return owned;
    }

    std::map<std::string, gateway::Reservation> rows;
    std::optional<Code> down;
    unsigned races = 0;
    unsigned reads = 0;
    unsigned writes = 0;
};

class MemoryLinks final : public gateway::LinkStore {
public:
    struct Row {
        gateway::Link link;
        std::vector<std::string> waiters;
    };

    Result<bool> add(const gateway::Link &link, std::int64_t most, Time) override
    {
        if (down)
            return wire::fail(*down, "scripted");
        if (rows.size() >= static_cast<std::size_t>(most))
            return wire::fail(Code::RateLimited, "full");
        const auto [at, isNew] = rows.try_emplace(link.connectionId, Row{link, {}});
        return isNew || at->second.link.tunnel == link.tunnel;
    }
    Result<std::optional<Removed>> remove(std::string_view connectionId, Time) override
    {
        if (down)
            return wire::fail(*down, "scripted");
        const auto found = rows.find(std::string(connectionId));
        if (found == rows.end())
            return std::nullopt;
        Removed removed{found->second.link.tunnel, found->second.waiters};
        rows.erase(found);
        return removed;
    }
    Result<std::string> tunnelOf(std::string_view connectionId, Time) override
    {
        const auto found = rows.find(std::string(connectionId));
        return found == rows.end() ? std::string() : found->second.link.tunnel;
    }
    Result<bool> addWaiter(std::string_view connectionId, const std::string &address, Time) override
    {
        ++waiterWrites;
        const auto found = rows.find(std::string(connectionId));
        if (found == rows.end())
            return false;
        found->second.waiters.push_back(address);
        return true;
    }
    Result<gateway::LinkPage> ended(Time now, const std::string &from, Time) override
    {
        gateway::LinkPage page;
        for (auto at = rows.upper_bound(from); at != rows.end(); ++at) {
            if (page.links.size() == 2) { // small pages, so that there are several
                page.next = page.links.back().connectionId;
                break;
            }
            ++page.seen;
            if (at->second.link.ends < now)
                page.links.push_back(at->second.link);
        }
        return page;
    }

    Result<> recount(std::int64_t links, Time) override
    {
        counted = links;
        return {};
    }

    std::map<std::string, Row> rows;
    std::optional<Code> down;
    std::optional<std::int64_t> counted;
    unsigned waiterWrites = 0;
};

class MemorySender final : public gateway::LinkSender {
public:
    Result<> post(std::string_view connectionId, std::string_view text, Time) override
    {
        const std::string id(connectionId);
        if (gone.contains(id))
            return wire::fail(Code::ConnectionLost, "410 GoneException");
        if (downOnce) {
            const auto code = *downOnce;
            downOnce.reset();
            return wire::fail(code, "scripted");
        }
        if (down)
            return wire::fail(*down, "scripted");
        largest = std::max(largest, text.size());
        sent[id].emplace_back(text);
        if (onPost)
            onPost(id, std::string(text));
        return {};
    }
    Result<> close(std::string_view connectionId, Time) override
    {
        closed.emplace_back(connectionId);
        return {};
    }
    // The last message to this link.
    [[nodiscard]] wire::Message last(const std::string &id) const
    {
        return wire::decodeJson(sent.at(id).back()).value();
    }

    std::map<std::string, std::vector<std::string>> sent;
    std::vector<std::string> closed;
    std::set<std::string> gone;
    std::optional<Code> down;
    std::optional<Code> downOnce; // for the next message
    std::size_t largest = 0;
    std::function<void(const std::string &id, const std::string &text)> onPost; // the client behind the link
};

// Both ends of one queue.
class MemoryReplies final : public gateway::ReplyChannel, public gateway::ReplySender {
public:
    explicit MemoryReplies(MemoryClock &clock) : m_clock(clock) {}

    Result<std::string> address(Time) override
    {
        if (down)
            return wire::fail(*down, "scripted");
        return url;
    }
    Result<std::vector<std::string>> receive(Time deadline) override
    {
        ++receives;
        if (queue.empty()) {
            if (onWait)
                onWait();
            if (queue.empty())
                m_clock.now = deadline; // the whole wait
        }
        const auto count = std::min<std::size_t>(queue.size(), 10);
        std::vector<std::string> texts(queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(count));
        queue.erase(queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(count));
        return texts;
    }
    void settle(Time) override { ++settled; }
    Result<bool> send(const std::string &address, std::string_view text, Time) override
    {
        sentTo.push_back(address);
        if (address != url)
            return false;
        queue.emplace_back(text);
        return true;
    }
    Result<std::size_t> removeOrphans(Time, Time) override { return 3; }

    std::string url = "https://queue/1767323000-me";
    std::deque<std::string> queue;
    std::vector<std::string> sentTo;
    std::optional<Code> down;
    std::function<void()> onWait; // nothing is there yet
    unsigned receives = 0;
    unsigned settled = 0;

private:
    MemoryClock &m_clock;
};

class MemoryRates final : public gateway::RateStore {
public:
    Result<bool> take(std::string_view, std::int64_t, std::int64_t count, std::int64_t limit, Time) override
    {
        ++writes;
        if (down)
            return wire::fail(*down, "scripted");
        if (total + count > limit)
            return false;
        total += count;
        return true;
    }

    std::int64_t total = 0;
    unsigned writes = 0;
    std::optional<Code> down;
};

struct MemoryWorld {
    MemoryClock clock;
    std::string logText;
    gateway::Log log{[this](std::string_view line) { logText += line; }, [this] { return clock.now; }};
    functions::World world{gateway::PublicSurface::make("https://tunnel.example.com", true).value(), log,
                           [this] { return clock.now; }, "function"};
    MemoryNames names;
    MemoryLinks links;
    MemorySender sender;
    MemoryReplies replies{clock};
    MemoryRates rates;
    gateway::Live live{{}, gateway::ReplyKeys::parse(std::string(32, 'k')).value(), {}, {}};

    MemoryWorld() { live.settings.security.requireAuthentication = false; }

    [[nodiscard]] Time deadline() const { return clock.now + std::chrono::seconds(30); }
    [[nodiscard]] functions::SocketPorts socketPorts() { return {names, links, sender, replies}; }
    [[nodiscard]] functions::HttpPorts httpPorts() { return {names, links, sender, replies, replies, rates}; }
    // What a client sends over this link.
    [[nodiscard]] events::SocketEvent message(const std::string &link, const wire::Message &message,
                                              const std::string &owner = {}, const std::string &claims = {}) const
    {
        return {.route = events::SocketRoute::Message,
                .connectionId = link,
                .sourceIp = "192.0.2.1",
                .connectedAt = clock.now,
                .headers = {},
                .body = wire::encodeJson(message),
                .owner = owner,
                .claims = claims};
    }
    // A tunnel with these links, as a client's `ready` leaves it.
    void addTunnel(const std::string &name, const std::vector<std::string> &connections)
    {
        gateway::Reservation row{
            .name = name, .links = connections, .usedAt = clock.now, .ends = clock.now + std::chrono::hours(1)};
        row.version = 1;
        names.rows[name] = row;
        for (const auto &id : connections)
            links.rows[id] = {{id, name, clock.now + std::chrono::hours(2)}, {}};
    }
};

[[nodiscard]] inline wire::Ready readyFor(const std::string &name, const std::string &session = "session")
{
    return {.name = name, .session = session, .takeover = false, .links = 0, .clientVersion = "1", .clientOs = "test"};
}

} // namespace support
