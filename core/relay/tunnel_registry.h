// Who serves which name: tunnels online, and names kept for their owner for a while after the last link was lost.
// Holds no sockets; links are borrowed and must be released before they die. Relay thread only; time is an argument.
#pragma once

#include "edge/jwt_claims.h"
#include "relay/name_reservations.h"
#include "wire/message.h"
#include "wire/stream_credit.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace relay {

// What the registry needs to know of a tunnel client's connection.
class TunnelLink {
public:
    virtual ~TunnelLink() = default;
    [[nodiscard]] virtual std::size_t openStreams() const noexcept = 0;
    [[nodiscard]] virtual bool acceptsStreams() const noexcept = 0; // not leaving, and below its stream limit
    [[nodiscard]] virtual bool leaving() const noexcept = 0;        // draining or closing: takes no more of them
    virtual void evict(wire::Error reason) = 0; // says why and closes, in a turn of its own
};

class TunnelRegistry {
public:
    struct Owner {
        std::string identity; // Grant::identity; empty means anonymous
        std::string address;  // the client's: all there is to tell one anonymous client from another after its end
        std::shared_ptr<const edge::JwtClaims> claims{}; // Grant::claims
    };

    struct Options {
        std::chrono::milliseconds nameGrace{wire::kNameGrace};
        std::size_t maxLinks = wire::kMaxLinksPerTunnel;
        std::size_t maxTunnels = wire::kMaxTunnelsPerToken; // online at once of one identity whose token says no number
        NameReservations *names = nullptr; // borrowed; null: names belong to nobody for longer than their grace
        // Told instead of refusing what a token does not allow; see AuthConfig::grace.
        std::function<void(const wire::Error &)> overlook{};
        // Told when a name begins to belong to an identity.
        std::function<void(const std::string &name, const std::string &identity)> reserved{};
    };
    enum class Presence : std::uint8_t {
        Missing,
        Offline, // lost, and kept for its owner
        Leaving, // its links take no more streams, and no other has come yet
        Online,
    };

    explicit TunnelRegistry(Options options) : m_options(std::move(options)) {}

    // Gives `link` the name it wants, or a drawn one, which for a token that may open some names only is made from the
    // first of its patterns that gives a free one. A JWT's owner keeps a name that was asked for (NameReservations).
    // Anonymous owners never evict each other, and a name that one of them lost goes back to the same session or the same
    // address only. Errors: InvalidRequest, Forbidden, NameTaken, RateLimited.
    [[nodiscard]] wire::Result<std::string> claim(const wire::Ready &ready, const Owner &owner, TunnelLink &link,
                                                  wire::SteadyTime now);
    // The link is gone; with the last one the name goes into its grace time.
    void release(const std::string &name, TunnelLink &link, wire::SteadyTime now);
    // Forgets names whose grace is over.
    void sweep(wire::SteadyTime now);

    // The link of this tunnel with the fewest open streams; null when none takes one.
    [[nodiscard]] TunnelLink *pick(std::string_view name) const;
    [[nodiscard]] Presence presence(std::string_view name) const;
    [[nodiscard]] std::size_t onlineTunnels() const noexcept;

private:
    struct Tunnel {
        Owner owner;
        bool drawn = false; // its name was not asked for
        std::string session;
        std::vector<TunnelLink *> links;
        wire::SteadyTime lostAt{};
    };

    [[nodiscard]] wire::Result<std::string> nameFor(const wire::Ready &ready, const Owner &owner) const;
    // Whether the token allows it, and no other owner has the name.
    [[nodiscard]] wire::Result<> permit(std::string_view name, const Owner &owner, bool drawn) const;
    [[nodiscard]] wire::Result<> checkClaims(std::string_view name, const Owner &owner) const;
    [[nodiscard]] wire::Result<> checkCount(std::string_view name, const Owner &owner) const;
    void count(const std::string &identity, bool online);
    [[nodiscard]] wire::Result<> admit(Tunnel &tunnel, const wire::Ready &ready, const Owner &owner,
                                       wire::SteadyTime now);
    [[nodiscard]] bool mayReturn(const Tunnel &tunnel, const Owner &owner, wire::SteadyTime now) const;
    void evictAll(Tunnel &tunnel, const wire::Error &reason);
    [[nodiscard]] std::string drawFreeName() const;
    [[nodiscard]] bool isFree(std::string_view name, const Owner &owner) const;

    Options m_options;
    std::map<std::string, Tunnel, std::less<>> m_tunnels;
    std::unordered_map<std::string, std::size_t> m_online; // tunnels with links, by identity; none for the anonymous
};

} // namespace relay
