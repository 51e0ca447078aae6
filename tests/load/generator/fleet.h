// Thousands of tunnels in one process: starts them at a steady pace, pings them, counts them. Owned by main; generator's
// thread only; must outlive the io_context's handlers.
#pragma once

#include "tunnel_client.h"

#include <random>
#include <vector>

namespace load {

enum class Comeback : std::uint8_t {
    Backoff, // as ttf: full jitter from 0.5 s to 4 s while the relay keeps the name
    AtOnce, // a second after a loss or failure: all in the same instant
};

struct FleetSettings {
    std::size_t bodyBytes = 64; // of the answers
    Comeback comeback = Comeback::Backoff;
    bool byName = false; // see FleetState
};

struct FleetPlan {
    std::size_t count = 0;
    double seconds = 0; // to start them in: 0 is all at once
    std::string prefix; // of names: prefix0, prefix1, …
};

class Fleet {
public:
    Fleet(relay::Executor executor, boost::asio::ip::tcp::endpoint relay);

    void configure(const FleetSettings &settings);
    // Starts the plan's tunnels; they go on by themselves.
    [[nodiscard]] relay::Task<> start(FleetPlan plan);
    // Waits until exactly this many are online and at least so many links were lost, at most so long. False when the
    // time is over.
    [[nodiscard]] relay::Task<bool> await(std::size_t online, std::uint64_t lost, std::chrono::milliseconds most);
    // Pings every tunnel every 20 s, evenly spread.
    [[nodiscard]] relay::Task<> keepAlive();
    // Drops `count` links, so many a second; their tunnels come back.
    [[nodiscard]] relay::Task<> churn(double perSecond, std::uint64_t count);
    void forget(); // counts from zero
    void close() noexcept;

    [[nodiscard]] const FleetState &state() const noexcept { return m_state; }
    [[nodiscard]] std::size_t size() const noexcept { return m_clients.size(); }
    [[nodiscard]] const std::string &name(std::size_t index) const { return m_clients[index]->name(); }

private:
    [[nodiscard]] std::chrono::milliseconds backoff(unsigned attempt);

    relay::Executor m_executor;
    FleetState m_state;
    std::vector<std::shared_ptr<TunnelClient>> m_clients;
    std::minstd_rand m_random;
    std::size_t m_nextPing = 0;
    std::size_t m_nextDrop = 0;
    bool m_closed = false;
};

} // namespace load
