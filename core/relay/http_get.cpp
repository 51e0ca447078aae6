#include "relay/http_get.h"

#include "http1/response_reader.h"
#include "http1/serialize.h"
#include "wire/http_head.h"
#include "wire/limits.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/basic_resolver.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include <array>
#include <memory>

namespace relay {

namespace {

using edge::HttpUrl;
using wire::Code;
using wire::Result;
using Resolver = asio::ip::basic_resolver<asio::ip::tcp, Executor>;
using TlsStream = asio::ssl::stream<Socket>;

constexpr std::size_t kReadBytes = 16 * wire::kKiB;

class Fetch {
public:
    Fetch(Executor executor, HttpUrl url, std::size_t maxBytes)
        : m_url(std::move(url)),
          m_maxBytes(maxBytes),
          m_resolver(executor),
          m_tls(asio::ssl::context::tls_client),
          m_stream(Socket(executor), m_tls),
          m_limit(executor)
    {
    }

    // `self` keeps what the timer touches.
    static Task<Result<std::string>> run(std::shared_ptr<Fetch> self, std::chrono::milliseconds limit)
    {
        self->m_limit.expires_after(limit);
        self->m_limit.async_wait([self](const error_code &error) {
            if (!error)
                self->giveUp();
        });
        auto body = co_await self->get();
        self->m_limit.cancel();
        error_code ignored;
        self->socket().close(ignored);
        if (self->m_late)
            co_return wire::fail(Code::Timeout, "no whole answer in time");
        co_return body;
    }

private:
    [[nodiscard]] Socket &socket() noexcept { return m_stream.next_layer(); }
    void giveUp()
    {
        m_late = true;
        m_resolver.cancel();
        error_code ignored;
        socket().close(ignored);
    }

    Task<Result<std::string>> get()
    {
        auto error = co_await open();
        if (error)
            co_return wire::fail(Code::ConnectionLost, error.message());
        const auto request = requestText();
        if (m_url.secure)
            co_return co_await ask(m_stream, request);
        co_return co_await ask(socket(), request);
    }

    Task<error_code> open()
    {
        const auto [unknown, hosts] = co_await m_resolver.async_resolve(m_url.host, m_url.port, kAwaitTuple);
        if (unknown)
            co_return unknown;
        const auto [refused, endpoint] = co_await asio::async_connect(socket(), hosts, kAwaitTuple);
        if (refused || !m_url.secure)
            co_return refused;
        error_code error;
        m_tls.set_default_verify_paths(error);
        SSL_CTX_set_min_proto_version(m_tls.native_handle(), TLS1_2_VERSION);
        m_stream.set_verify_mode(asio::ssl::verify_peer, error);
        m_stream.set_verify_callback(asio::ssl::host_name_verification(m_url.host), error);
        SSL_ctrl(m_stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, m_url.host.data());
        const auto [untrusted] = co_await m_stream.async_handshake(asio::ssl::stream_base::client, kAwaitTuple);
        co_return untrusted;
    }

    [[nodiscard]] std::string requestText() const
    {
        wire::RequestHead head;
        head.method = "GET";
        head.uri = m_url.target;
        head.headers = {{"Host", m_url.authority},
                        {"Accept", "application/jwk-set+json, application/json"},
                        {"User-Agent", "tunnel-relay"},
                        {"Connection", "close"}};
        std::string text;
        http1::appendRequestHead(text, head, {});
        return text;
    }

    template <class Stream>
    Task<Result<std::string>> ask(Stream &stream, const std::string &request)
    {
        const auto [lost, written] = co_await asio::async_write(stream, asio::buffer(request), kAwaitTuple);
        if (lost)
            co_return wire::fail(Code::ConnectionLost, lost.message());
        http1::ResponseReader reader(false);
        std::string body;
        std::array<char, kReadBytes> buffer{};
        while (!reader.complete()) {
            const auto [error, count] = co_await stream.async_read_some(asio::buffer(buffer), kAwaitTuple);
            if (error && error != asio::error::eof) // with TLS: cut off, which must not pass for the end
                co_return wire::fail(Code::ConnectionLost, error.message());
            auto taken = error ? reader.finish() : take(reader, {buffer.data(), count}, body);
            if (!taken)
                co_return std::unexpected(std::move(taken.error()));
        }
        co_return body;
    }

    // Nothing but a 200 is worth reading on.
    Result<> take(http1::ResponseReader &reader, std::string_view bytes, std::string &body) const
    {
        while (!bytes.empty() && !reader.complete()) {
            const auto taken = reader.feed(bytes, body);
            if (!taken)
                return std::unexpected(taken.error());
            bytes.remove_prefix(*taken);
            if (reader.headComplete() && reader.head().status != 200)
                return wire::fail(Code::ConnectionLost, fmt::format("the answer has status {}", reader.head().status));
            if (body.size() > m_maxBytes)
                return wire::fail(Code::PayloadTooLarge, fmt::format("the answer is larger than {} bytes", m_maxBytes));
            if (*taken == 0)
                return {};
        }
        return {};
    }

    HttpUrl m_url;
    const std::size_t m_maxBytes;
    Resolver m_resolver;
    asio::ssl::context m_tls;
    TlsStream m_stream;
    Timer m_limit;
    bool m_late = false;
};

} // namespace

Task<Result<std::string>> httpGet(Executor executor, HttpUrl url, std::chrono::milliseconds limit, std::size_t maxBytes)
{
    return Fetch::run(std::make_shared<Fetch>(std::move(executor), std::move(url), maxBytes), limit);
}

} // namespace relay
