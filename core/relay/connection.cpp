#include "relay/connection.h"

#include "relay/link_socket_impl.h"

#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/websocket/ssl.hpp>

namespace relay {

namespace {

std::string addressOf(const Socket &socket)
{
    error_code error;
    const auto endpoint = socket.remote_endpoint(error);
    if (error)
        return "unknown";
    const auto address = endpoint.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    return address.to_string();
}

class PlainConnection final : public Connection {
public:
    explicit PlainConnection(Socket socket) : m_socket(std::move(socket)) { m_peerAddress = addressOf(m_socket); }

    Task<error_code> open() override { co_return error_code{}; }
    Task<IoResult> read(asio::mutable_buffer into) override
    {
        auto [error, count] = co_await m_socket.async_read_some(into, kAwaitTuple);
        co_return IoResult{error, count};
    }
    Task<error_code> write(std::string_view bytes) override
    {
        auto [error, count] = co_await asio::async_write(m_socket, asio::buffer(bytes), kAwaitTuple);
        co_return error;
    }
    Task<> shutdownSend() override
    {
        error_code ignored;
        m_socket.shutdown(Socket::shutdown_send, ignored);
        co_return;
    }
    void close() noexcept override
    {
        error_code ignored;
        m_socket.close(ignored);
    }
    Socket &socket() noexcept override { return m_socket; }
    bool secure() const noexcept override { return false; }
    std::unique_ptr<LinkSocket> upgrade() override
    {
        return std::make_unique<BasicLinkSocket<Socket>>(std::move(m_socket));
    }

private:
    Socket m_socket;
};

class TlsConnection final : public Connection {
public:
    TlsConnection(Socket socket, asio::ssl::context &tls) : m_stream(std::move(socket), tls)
    {
        m_peerAddress = addressOf(m_stream.next_layer());
    }

    Task<error_code> open() override
    {
        auto [error] = co_await m_stream.async_handshake(asio::ssl::stream_base::server, kAwaitTuple);
        co_return error;
    }
    Task<IoResult> read(asio::mutable_buffer into) override
    {
        auto [error, count] = co_await m_stream.async_read_some(into, kAwaitTuple);
        // Many visitors end without close_notify; HTTP's own framing already tells a cut message from a whole one.
        if (error == asio::ssl::error::stream_truncated)
            error = asio::error::eof;
        co_return IoResult{error, count};
    }
    Task<error_code> write(std::string_view bytes) override
    {
        auto [error, count] = co_await asio::async_write(m_stream, asio::buffer(bytes), kAwaitTuple);
        co_return error;
    }
    Task<> shutdownSend() override { co_await m_stream.async_shutdown(kAwaitTuple); }
    void close() noexcept override
    {
        error_code ignored;
        m_stream.next_layer().close(ignored);
    }
    Socket &socket() noexcept override { return m_stream.next_layer(); }
    bool secure() const noexcept override { return true; }
    std::unique_ptr<LinkSocket> upgrade() override
    {
        return std::make_unique<BasicLinkSocket<asio::ssl::stream<Socket>>>(std::move(m_stream));
    }

private:
    asio::ssl::stream<Socket> m_stream;
};

} // namespace

std::unique_ptr<Connection> makeConnection(Socket socket)
{
    return std::make_unique<PlainConnection>(std::move(socket));
}

std::unique_ptr<Connection> makeConnection(Socket socket, asio::ssl::context &tls)
{
    return std::make_unique<TlsConnection>(std::move(socket), tls);
}

} // namespace relay
