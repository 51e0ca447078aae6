// The WebSocket of one tunnel client (RFC 6455, server side), plain or TLS, behind one face. Owned by its
// ClientSession; relay thread only. One read and one write-like call (write, ping, finish) may be under way, but no read
// may begin after finish().
#pragma once

#include "relay/io.h"
#include "wire/http_head.h"

#include <boost/beast/core/flat_buffer.hpp>

#include <chrono>
#include <string_view>

namespace relay {

class LinkSocket {
public:
    virtual ~LinkSocket() = default;

    // Answers the upgrade request. `idle` is when a silent peer counts as dead; pings go out at half of it.
    [[nodiscard]] virtual Task<error_code> accept(const wire::RequestHead &request, std::string_view subprotocol,
                                                  std::chrono::milliseconds idle) = 0;
    // One whole message appended to `into`; only binary messages are taken.
    [[nodiscard]] virtual Task<error_code> read(boost::beast::flat_buffer &into) = 0;
    [[nodiscard]] virtual Task<error_code> write(std::string_view message) = 0;
    // Measures the round trip: roundTrip() changes when the answer comes.
    [[nodiscard]] virtual Task<error_code> ping() = 0;
    // Close frame and the peer's answer to it.
    [[nodiscard]] virtual Task<> finish(std::uint16_t code, std::string_view reason) = 0;
    // Ends whatever is under way, in later turns.
    virtual void close() noexcept = 0;

    [[nodiscard]] std::chrono::nanoseconds roundTrip() const noexcept { return m_roundTrip; }

protected:
    std::chrono::nanoseconds m_roundTrip{0};
};

} // namespace relay
