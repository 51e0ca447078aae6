// A visitor's connection as its session and exchange see it: bytes in and out, each with its time limit, and what is
// known of the other end. Owned by VisitorSession; relay thread only. One read and one write may be under way.
#pragma once

#include "edge/error_page.h"
#include "relay/connection.h"
#include "relay/deadlines.h"
#include "relay/read_buffer.h"

#include <memory>
#include <string_view>

namespace relay {

class VisitorTransport {
public:
    VisitorTransport(Deadlines &clock, std::chrono::milliseconds writeTimeout, std::unique_ptr<Connection> connection);

    // More bytes into input(); false at the end, on error, and when readLimit() expired.
    [[nodiscard]] Task<bool> readMore(std::size_t room);
    [[nodiscard]] Task<bool> write(std::string_view bytes); // false: the connection is broken
    [[nodiscard]] Task<bool> writePage(const edge::Page &page, bool keepAlive, unsigned version);
    // Says that no more comes; over TLS this waits for the visitor's answer, for a while.
    [[nodiscard]] Task<> finishSending();
    // The same while there is more to read: over TLS, where OpenSSL takes whatever comes after our end as an error,
    // nothing is said until that is read.
    [[nodiscard]] Task<> finishSendingEarly();
    // Finishes sending and reads away what the visitor still sends, so that closing does not reset the connection
    // under our last bytes (RFC 9112 9.6).
    [[nodiscard]] Task<> linger();
    void close() noexcept;
    void abort() noexcept; // with a TCP reset: the visitor cannot take a part for the whole

    [[nodiscard]] ReadBuffer &input() noexcept { return m_input; }
    [[nodiscard]] Deadline &readLimit() noexcept { return m_readLimit; }
    [[nodiscard]] Connection &connection() noexcept { return *m_connection; }
    [[nodiscard]] const Connection &connection() const noexcept { return *m_connection; }
    [[nodiscard]] std::unique_ptr<Connection> takeConnection() noexcept { return std::move(m_connection); }

    [[nodiscard]] bool open() const noexcept { return m_connection != nullptr; }
    [[nodiscard]] bool expired() const noexcept { return m_expired; } // a limit was over since the last renew()
    [[nodiscard]] bool ended() const noexcept { return m_ended; } // the visitor sent its last byte
    [[nodiscard]] bool broken() const noexcept { return m_broken; } // writing failed, or we gave up
    void renew() noexcept { m_expired = false; }

private:
    void expire() noexcept;

    std::unique_ptr<Connection> m_connection; // empty once taken
    const std::chrono::milliseconds m_writeTimeout;
    ReadBuffer m_input;
    Deadline m_readLimit;
    Deadline m_writeLimit;
    bool m_expired = false;
    bool m_ended = false;
    bool m_broken = false;
};

} // namespace relay
