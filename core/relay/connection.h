// One accepted TCP connection, plain or TLS, behind one face, so that sessions are compiled once. Owned by its
// session's coroutine; relay thread only. At most one read and one write may be under way.
#pragma once

#include "relay/io.h"
#include "wire/result.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace relay {

class LinkSocket;

struct IoResult {
    error_code error; // asio::error::eof when the peer sent its last byte
    std::size_t bytes = 0;
};

class Connection {
public:
    virtual ~Connection() = default;

    // TLS handshake; nothing for a plain connection.
    [[nodiscard]] virtual Task<error_code> open() = 0;
    [[nodiscard]] virtual Task<IoResult> read(asio::mutable_buffer into) = 0;
    [[nodiscard]] virtual Task<error_code> write(std::string_view bytes) = 0; // all of it
    // Says that no more will be written; the peer reads to the end.
    [[nodiscard]] virtual Task<> shutdownSend() = 0;
    // At once: whatever is under way ends with operation_aborted.
    virtual void close() noexcept = 0;
    // The peer has closed its side, as far as can be told without reading.
    [[nodiscard]] virtual Socket &socket() noexcept = 0;
    [[nodiscard]] virtual bool secure() const noexcept = 0;
    // Gives the transport away to a WebSocket; this object is empty afterwards.
    [[nodiscard]] virtual std::unique_ptr<LinkSocket> upgrade() = 0;

    [[nodiscard]] const std::string &peerAddress() const noexcept { return m_peerAddress; }

protected:
    std::string m_peerAddress;
};

[[nodiscard]] std::unique_ptr<Connection> makeConnection(Socket socket);
[[nodiscard]] std::unique_ptr<Connection> makeConnection(Socket socket, asio::ssl::context &tls);

} // namespace relay
