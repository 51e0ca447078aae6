// One tunnel of the generator: connects to the relay as a real client does (TCP, WebSocket, `ready`), answers requests,
// and comes back when the link is lost, until close(). Owned by its coroutine and the fleet; generator's thread only.
#pragma once

#include "answers.h"
#include "histogram.h"
#include "relay/io.h"
#include "schedule.h"
#include "tally.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace load {

// What all tunnels of a fleet share.
struct FleetState {
    boost::asio::ip::tcp::endpoint relay;
    std::size_t bodyBytes = 0;
    bool byName = false; // connects to NAME.localhost, by which a balancer tells one relay from another
    std::function<std::chrono::milliseconds(unsigned attempt)> retryDelay;

    std::size_t online = 0;
    std::uint64_t lost = 0;
    Histogram establishment; // TCP connect (as scheduled) to connection_established
    Tally failures; // attempts to connect
    SteadyTime lastEstablished{};
};

class TunnelClient {
public:
    TunnelClient(relay::Executor executor, FleetState &fleet, std::string name);

    // `due`: when the first attempt should have begun.
    [[nodiscard]] static relay::Task<> run(std::shared_ptr<TunnelClient> self, SteadyTime due);
    // A WebSocket ping, as real clients send every 20 s. Nothing while offline.
    static void ping(const std::shared_ptr<TunnelClient> &self);
    void drop() noexcept; // loses the link, as a network does
    void close() noexcept;

    [[nodiscard]] const std::string &name() const noexcept { return m_ready.name; }

private:
    using WebSocket = boost::beast::websocket::stream<relay::Socket, false>;

    [[nodiscard]] relay::Task<std::string> establish(); // what failed, or nothing
    [[nodiscard]] relay::Task<relay::error_code> handshake();
    [[nodiscard]] relay::Task<std::string> awaitAnswer();
    [[nodiscard]] relay::Task<relay::error_code> exchange(); // one message in, what it asks for out
    [[nodiscard]] relay::Task<relay::error_code> flush();

    relay::Executor m_executor;
    FleetState &m_fleet;
    wire::Ready m_ready;
    std::optional<WebSocket> m_socket;
    std::optional<Answers> m_answers;
    boost::beast::flat_buffer m_input;
    relay::Timer m_retry;
    bool m_online = false;
    bool m_pinging = false;
    bool m_stopped = false;
};

} // namespace load
