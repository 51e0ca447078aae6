#include "transport/http_client.h"

#include "http1/response_reader.h"
#include "http1/serialize.h"
#include "wire/limits.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <fmt/format.h>

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <vector>

namespace transport {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;
using wire::Code;
using wire::Result;

constexpr std::size_t kReadBytes = 64 * wire::kKiB;

std::string headOf(const edge::HttpUrl &server, const Request &request)
{
    wire::RequestHead head;
    head.method = request.method;
    head.uri = request.target;
    head.headers = request.headers;
    head.headers.push_back({"Host", server.authority});
    if (!request.body.empty() || request.method == "POST")
        head.headers.push_back({"Content-Length", std::to_string(request.body.size())});
    std::string bytes;
    http1::appendRequestHead(bytes, head, {});
    return bytes;
}

std::unexpected<wire::Error> failure(Code code, std::string_view what, const error_code &error)
{
    if (error == beast::error::timeout || error == asio::error::would_block)
        return wire::fail(Code::Timeout, fmt::format("{}: not done in time", what));
    return wire::fail(code, fmt::format("{}: {}", what, error.message()));
}

// A body of megabytes must not double its buffer again and again, when its length is told.
void makeRoom(std::string &body, const wire::ResponseHead &head, std::size_t mostBytes)
{
    const auto length = wire::findHeader(head.headers, "content-length").value_or("");
    std::size_t told = 0;
    std::from_chars(length.data(), length.data() + length.size(), told);
    body.reserve(std::min(told, mostBytes));
}

} // namespace

Time now() noexcept
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

class HttpClient::Connection {
public:
    explicit Connection(std::optional<Time> deadline) : m_tcp(m_io) { limit(deadline); }

    Result<> open(const edge::HttpUrl &server, TlsTrust *trust)
    {
        auto endpoints = resolve(server);
        if (!endpoints)
            return std::unexpected(std::move(endpoints.error()));
        const auto refused = wait([&](auto done) { m_tcp.async_connect(*endpoints, std::move(done)); });
        if (refused)
            return failure(Code::LocalServiceUnavailable, "cannot connect to " + server.authority, refused);
        error_code ignored;
        m_tcp.socket().set_option(tcp::no_delay(true), ignored);
        return server.secure ? secure(server, trust) : Result<>();
    }

    void limit(std::optional<Time> deadline)
    {
        m_end = std::nullopt;
        m_tcp.expires_never();
        if (!deadline)
            return;
        m_end = std::chrono::steady_clock::now() + (*deadline - now());
        m_tcp.expires_at(*m_end);
    }

    // Nothing to read and not closed: what a connection between two requests is like.
    [[nodiscard]] bool idle()
    {
        char byte = 0;
        const auto got = ::recv(m_tcp.socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    }

    Result<Answer> exchange(const std::string &head, const Request &request, std::size_t mostBytes)
    {
        m_answered = false;
        m_reusable = false;
        const std::array bytes{asio::buffer(head), asio::buffer(request.body)};
        const auto lost = wait(
            [&](auto done) { onStream([&](auto &stream) { asio::async_write(stream, bytes, std::move(done)); }); });
        if (lost)
            return failure(Code::ConnectionLost, "the request could not be sent", lost);
        return read(request.method == "HEAD", mostBytes);
    }

    [[nodiscard]] bool answered() const noexcept { return m_answered; } // a byte of the last answer came
    [[nodiscard]] bool reusable() const noexcept { return m_reusable; }

private:
    template <class Use>
    void onStream(Use use)
    {
        if (m_tls)
            use(*m_tls);
        else
            use(m_tcp);
    }

    // Runs one operation to its end. It is given up at the limit: the stream's own, or, for what knows none, m_end; its
    // outcome is shared because it may come later then.
    template <class Start>
    error_code wait(Start start)
    {
        const auto outcome = std::make_shared<error_code>(asio::error::would_block);
        start([outcome](const error_code &error, const auto &...) { *outcome = error; });
        m_io.restart();
        while (*outcome == asio::error::would_block && !m_io.stopped()) {
            if (m_end)
                m_io.run_one_until(*m_end + std::chrono::milliseconds(100));
            else
                m_io.run_one();
            if (m_end && std::chrono::steady_clock::now() > *m_end + std::chrono::milliseconds(50))
                break;
        }
        return *outcome;
    }

    Result<std::vector<tcp::endpoint>> resolve(const edge::HttpUrl &server)
    {
        error_code error;
        if (const auto address = asio::ip::make_address(server.host, error); !error)
            return std::vector{tcp::endpoint(address, static_cast<std::uint16_t>(std::stoul(server.port)))};
        const auto found = std::make_shared<std::vector<tcp::endpoint>>();
        auto resolver = std::make_shared<tcp::resolver>(m_io);
        const auto unknown = wait([&](auto done) {
            resolver->async_resolve(server.host, server.port,
                                    [found, resolver, done](const error_code &failed, const auto &results) mutable {
                                        for (const auto &entry : results)
                                            found->push_back(entry.endpoint());
                                        done(failed);
                                    });
        });
        if (unknown)
            return failure(Code::LocalServiceUnavailable, "cannot find " + server.host, unknown);
        return *found;
    }

    Result<> secure(const edge::HttpUrl &server, TlsTrust *trust)
    {
        if (trust == nullptr)
            return wire::fail(Code::InternalError, "no certificates to verify " + server.host + " with");
        auto context = trust->context();
        if (!context)
            return std::unexpected(std::move(context.error()));
        m_tls.emplace(m_tcp, **context);
        error_code error;
        m_tls->set_verify_callback(asio::ssl::host_name_verification(server.host), error);
        SSL_ctrl(m_tls->native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                 const_cast<char *>(server.host.c_str()));
        const auto untrusted =
            wait([&](auto done) { m_tls->async_handshake(asio::ssl::stream_base::client, std::move(done)); });
        if (untrusted)
            return failure(Code::LocalServiceUnavailable, "no TLS with " + server.authority, untrusted);
        return {};
    }

    Result<Answer> read(bool answersHead, std::size_t mostBytes)
    {
        Answer answer;
        auto reader = std::make_unique<http1::ResponseReader>(answersHead);
        bool needsMore = m_input.empty();
        while (!reader->complete()) {
            if (needsMore) {
                const auto ended = readSome();
                if (ended) {
                    auto finished = ended == asio::error::eof && m_answered ? reader->finish() : Result<>();
                    if (!m_answered || ended != asio::error::eof || !finished)
                        return failure(Code::ConnectionLost, "no whole answer", ended);
                    break;
                }
            }
            auto taken = reader->feed(m_input, answer.body);
            if (!taken)
                return std::unexpected(std::move(taken.error()));
            m_input.erase(0, *taken);
            if (answer.body.empty() && reader->headComplete())
                makeRoom(answer.body, reader->head(), mostBytes);
            needsMore = *taken == 0 || m_input.empty();
            if (answer.body.size() > mostBytes)
                return wire::fail(Code::PayloadTooLarge, fmt::format("the answer is larger than {} bytes", mostBytes));
            if (reader->headComplete() && reader->head().status < 200)
                reader = std::make_unique<http1::ResponseReader>(answersHead);
        }
        m_reusable = reader->keepAlive() && m_input.empty();
        answer.status = reader->head().status;
        answer.headers = std::move(reader->head().headers);
        return answer;
    }

    error_code readSome()
    {
        std::size_t got = 0;
        const auto error = wait([&](auto done) {
            onStream([&](auto &stream) {
                stream.async_read_some(asio::buffer(m_buffer),
                                       [&got, done](const error_code &failed, std::size_t count) mutable {
                                           got = count;
                                           done(failed);
                                       });
            });
        });
        m_input.append(m_buffer.data(), got);
        m_answered = m_answered || got > 0;
        return error;
    }

    asio::io_context m_io{1};
    beast::tcp_stream m_tcp;
    std::optional<asio::ssl::stream<beast::tcp_stream &>> m_tls;
    std::optional<std::chrono::steady_clock::time_point> m_end;
    std::vector<char> m_buffer = std::vector<char>(kReadBytes);
    std::string m_input;
    bool m_answered = false;
    bool m_reusable = false;
};

HttpClient::HttpClient(edge::HttpUrl server, std::shared_ptr<TlsTrust> trust)
    : m_server(std::move(server)), m_trust(std::move(trust))
{
}

HttpClient::~HttpClient() = default;

Result<Answer> HttpClient::send(const Request &request, std::optional<Time> deadline, std::size_t mostBytes)
{
    const auto head = headOf(m_server, request);
    if (!m_connection || !m_connection->idle())
        return sendFresh(head, request, deadline, mostBytes);
    m_connection->limit(deadline);
    auto answer = m_connection->exchange(head, request, mostBytes);
    const bool closedWhileIdle = !answer && answer.error().code == Code::ConnectionLost && !m_connection->answered();
    if (closedWhileIdle)
        return sendFresh(head, request, deadline, mostBytes);
    if (!m_connection->reusable())
        m_connection.reset();
    return answer;
}

Result<Answer> HttpClient::sendFresh(const std::string &head, const Request &request, std::optional<Time> deadline,
                                     std::size_t mostBytes)
{
    m_connection = std::make_unique<Connection>(deadline);
    if (auto opened = m_connection->open(m_server, m_trust.get()); !opened) {
        m_connection.reset();
        return std::unexpected(std::move(opened.error()));
    }
    auto answer = m_connection->exchange(head, request, mostBytes);
    if (!m_connection->reusable())
        m_connection.reset();
    return answer;
}

} // namespace transport
