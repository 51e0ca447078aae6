// A web server on a loopback port for what speaks HTTP with blocking calls: on a thread of its own, one connection after the
// other, each request answered by the test's handler. Plain or TLS.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace support {

class BlockingServer {
public:
    struct Reply {
        std::string bytes; // as they go over the wire; empty: none, until the client is gone
        bool close = false; // behind them
    };
    using Handler = std::function<Reply(const std::string &request)>;

    explicit BlockingServer(Handler handler, boost::asio::ssl::context *tls = nullptr)
        : m_handler(std::move(handler)),
          m_tls(tls),
          m_acceptor(m_io, {boost::asio::ip::address_v4::loopback(), 0}),
          m_thread([this] { serve(); })
    {
    }
    ~BlockingServer()
    {
        m_stopping = true;
        boost::system::error_code ignored; // a connection of our own wakes the acceptor
        boost::asio::ip::tcp::socket(m_io).connect(m_acceptor.local_endpoint(ignored), ignored);
        m_thread.join();
    }
    BlockingServer(const BlockingServer &) = delete;
    BlockingServer &operator=(const BlockingServer &) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_acceptor.local_endpoint().port(); }
    [[nodiscard]] std::vector<std::string> requests() const
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }
    [[nodiscard]] unsigned connections() const noexcept { return m_connections; }

    [[nodiscard]] static Reply ok(const std::string &body, const std::string &fields = {})
    {
        return {"HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body};
    }

private:
    using Socket = boost::asio::ip::tcp::socket;

    void serve()
    {
        for (;;) {
            boost::system::error_code error;
            Socket socket(m_io);
            m_acceptor.accept(socket, error);
            if (error || m_stopping)
                return;
            ++m_connections;
            if (m_tls == nullptr) {
                answerAll(socket);
                continue;
            }
            boost::asio::ssl::stream<Socket> stream(std::move(socket), *m_tls);
            stream.handshake(boost::asio::ssl::stream_base::server, error);
            if (!error)
                answerAll(stream);
        }
    }

    template <class Stream>
    void answerAll(Stream &stream)
    {
        std::string buffer;
        for (;;) {
            const auto request = read(stream, buffer);
            if (request.empty())
                return;
            {
                const std::lock_guard lock(m_mutex);
                m_requests.push_back(request);
            }
            const auto reply = m_handler(request);
            boost::system::error_code error;
            boost::asio::write(stream, boost::asio::buffer(reply.bytes), error);
            if (error || reply.close)
                return;
        }
    }

    // One request with its body; empty when the client is gone.
    template <class Stream>
    static std::string read(Stream &stream, std::string &buffer)
    {
        boost::system::error_code error;
        const auto head = boost::asio::read_until(stream, boost::asio::dynamic_buffer(buffer), "\r\n\r\n", error);
        if (error)
            return {};
        const auto field = buffer.find("Content-Length: ");
        const auto length = field < head ? std::stoul(buffer.substr(field + 16)) : 0;
        if (buffer.size() < head + length)
            boost::asio::read(stream, boost::asio::dynamic_buffer(buffer),
                              boost::asio::transfer_exactly(head + length - buffer.size()), error);
        auto request = buffer.substr(0, head + length);
        buffer.erase(0, request.size());
        return error ? std::string() : request;
    }

    Handler m_handler;
    boost::asio::ssl::context *m_tls;
    boost::asio::io_context m_io;
    boost::asio::ip::tcp::acceptor m_acceptor;
    mutable std::mutex m_mutex;
    std::vector<std::string> m_requests;
    std::atomic<unsigned> m_connections = 0;
    std::atomic<bool> m_stopping = false;
    std::thread m_thread; // last: it uses all of the above
};

} // namespace support
