// A web server with one document, on the io_context of its test: answers every request with the same bytes, or not at all.
// Plain or TLS.
#pragma once

#include "relay/connection.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace support {

class DocumentServer {
public:
    explicit DocumentServer(relay::asio::io_context &io, relay::asio::ssl::context *tls = nullptr)
        : m_io(io), m_tls(tls), m_acceptor(io.get_executor(), {relay::asio::ip::address_v4::loopback(), 0})
    {
        relay::asio::co_spawn(m_io, acceptAll(this), relay::asio::detached);
    }

    [[nodiscard]] std::uint16_t port() const { return m_acceptor.local_endpoint().port(); }
    [[nodiscard]] std::string url(const std::string &host = "127.0.0.1") const
    {
        return (m_tls ? "https://" : "http://") + host + ":" + std::to_string(port()) + "/keys?v=1";
    }
    void setDocument(const std::string &text)
    {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text;
    }
    void stop() { m_acceptor.close(); }

    std::string answer; // as it goes over the wire; empty: none ever comes
    std::vector<std::string> requests;

private:
    static relay::Task<> acceptAll(DocumentServer *self)
    {
        for (;;) {
            auto [error, socket] = co_await self->m_acceptor.async_accept(relay::kAwaitTuple);
            if (error)
                co_return;
            auto connection = self->m_tls ? relay::makeConnection(std::move(socket), *self->m_tls)
                                          : relay::makeConnection(std::move(socket));
            relay::asio::co_spawn(self->m_io, serve(self, std::move(connection)), relay::asio::detached);
        }
    }
    static relay::Task<> serve(DocumentServer *self, std::unique_ptr<relay::Connection> connection)
    {
        const auto refused = co_await connection->open();
        std::array<char, 4096> buffer{};
        const auto into = relay::asio::buffer(buffer);
        if (refused)
            co_return;
        const auto got = co_await connection->read(into);
        self->requests.emplace_back(buffer.data(), got.bytes);
        if (self->answer.empty()) // until the peer gives up
            (void)co_await connection->read(into);
        else
            (void)co_await connection->write(self->answer);
    }

    relay::asio::io_context &m_io;
    relay::asio::ssl::context *m_tls;
    relay::asio::basic_socket_acceptor<relay::asio::ip::tcp, relay::Executor> m_acceptor;
};

} // namespace support
