// What the public side needs of the world it runs in, as interfaces: the stores implement them on AWS, tests in memory. One
// thread; every call may block, until its deadline at most. Errors: Timeout, RateLimited (the service asks for less), else
// InternalError, unless a method says more.
#pragma once

#include "edge/jwt_keys.h"
#include "gateway/reservation.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gateway {

// Which name belongs to whom, and who serves it.
class NameStore {
public:
    virtual ~NameStore() = default;

    // As it is now, not as it was a moment ago.
    [[nodiscard]] virtual wire::Result<std::optional<Reservation>> load(std::string_view name, Time deadline) = 0;
    // Writes it if it is still as it was read (Reservation::version); false when somebody was faster.
    [[nodiscard]] virtual wire::Result<bool> save(const Reservation &reservation, Time deadline) = 0;
    // The same for taking it away.
    [[nodiscard]] virtual wire::Result<bool> remove(const Reservation &reservation, Time deadline) = 0;
    // All of one owner; may lag behind a little.
    [[nodiscard]] virtual wire::Result<std::vector<Reservation>> ofOwner(const std::string &owner, Time deadline) = 0;
};

// A tunnel client's connection that has said `ready`.
struct Link {
    std::string connectionId;
    std::string tunnel;
    Time ends{}; // API Gateway has closed it by then
};

struct LinkPage {
    std::vector<Link> links;
    std::string next; // opaque; empty: it was the last page
    std::int64_t seen = 0; // links on this page, those that have not ended included
};

class LinkStore {
public:
    virtual ~LinkStore() = default;

    // False when it is there already with another tunnel. RateLimited when there are `most` of them.
    [[nodiscard]] virtual wire::Result<bool> add(const Link &link, std::int64_t most, Time deadline) = 0;
    struct Removed {
        std::string tunnel;
        std::vector<std::string> waiters;
    };
    // What it was; nothing when there is none.
    [[nodiscard]] virtual wire::Result<std::optional<Removed>> remove(std::string_view connectionId, Time deadline) = 0;
    // Empty when there is no such link.
    [[nodiscard]] virtual wire::Result<std::string> tunnelOf(std::string_view connectionId, Time deadline) = 0;
    // Notes a reply address that is to hear of the link's end. False when the link has gone.
    [[nodiscard]] virtual wire::Result<bool> addWaiter(std::string_view connectionId, const std::string &replyAddress,
                                                       Time deadline) = 0;
    // Links that ended before `now`, page by page.
    [[nodiscard]] virtual wire::Result<LinkPage> ended(Time now, const std::string &from, Time deadline) = 0;
    // How many links there are, as somebody who looked at all of them knows: add() and remove() only guess at it over time.
    [[nodiscard]] virtual wire::Result<> recount(std::int64_t links, Time deadline) = 0;
};

// Messages to tunnel clients.
class LinkSender {
public:
    virtual ~LinkSender() = default;

    // ConnectionLost: the link has gone, and nothing was sent.
    [[nodiscard]] virtual wire::Result<> post(std::string_view connectionId, std::string_view text, Time deadline) = 0;
    [[nodiscard]] virtual wire::Result<> close(std::string_view connectionId, Time deadline) = 0;
};

// Where answers to this function's requests arrive.
class ReplyChannel {
public:
    virtual ~ReplyChannel() = default;

    // To be named in reply_to; made when there is none yet, or when it is old.
    [[nodiscard]] virtual wire::Result<std::string> address(Time deadline) = 0;
    // Waits for the next ones; none when the deadline is there. Each comes once, or, rarely, twice.
    [[nodiscard]] virtual wire::Result<std::vector<std::string>> receive(Time deadline) = 0;
    // After the visitor has its answer: forgets what was received.
    virtual void settle(Time deadline) = 0;
};

// The other end of it.
class ReplySender {
public:
    virtual ~ReplySender() = default;

    // False when nobody listens there any more.
    [[nodiscard]] virtual wire::Result<bool> send(const std::string &address, std::string_view text, Time deadline) = 0;
    // Takes channels away whose owners are long gone; how many.
    [[nodiscard]] virtual wire::Result<std::size_t> removeOrphans(Time now, Time deadline) = 0;
};

// How many requests of a tunnel there were in a minute, over all environments.
class RateStore {
public:
    virtual ~RateStore() = default;

    // Adds `count` unless that would pass `limit`; false then.
    [[nodiscard]] virtual wire::Result<bool> take(std::string_view tunnel, std::int64_t minute, std::int64_t count,
                                                  std::int64_t limit, Time deadline) = 0;
};

// The keys of an issuer elsewhere.
class IssuerKeys {
public:
    virtual ~IssuerKeys() = default;

    // Those that are known; fetched when there are none, when they are old, or, not too often, when `renew` asks for it.
    [[nodiscard]] virtual wire::Result<edge::JwtKeys> keys(bool renew, Time deadline) = 0;
};

} // namespace gateway
