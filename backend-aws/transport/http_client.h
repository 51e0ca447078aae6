// Requests to one HTTP/1.1 server over one connection that is kept for the next of them. Blocking, one request at a time,
// as a Lambda function works; its owner's thread only. What the other side says is bounded, as is the time it takes.
#pragma once

#include "edge/http_url.h"
#include "transport/tls_trust.h"
#include "wire/http_head.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace transport {

using Time = std::chrono::sys_time<std::chrono::milliseconds>;

[[nodiscard]] Time now() noexcept;

struct Request {
    std::string method = "POST";
    std::string target = "/"; // as it goes over the wire
    wire::HeaderList headers; // without Host and Content-Length, which the client adds
    std::string body;
};

struct Answer {
    unsigned status = 0;
    wire::HeaderList headers;
    std::string body;
};

class HttpClient {
public:
    // `trust` may be null for a server without TLS.
    explicit HttpClient(edge::HttpUrl server, std::shared_ptr<TlsTrust> trust = nullptr);
    ~HttpClient();
    HttpClient(const HttpClient &) = delete;
    HttpClient &operator=(const HttpClient &) = delete;

    // A connection that the other side closed while it was idle is replaced, without a second request ever reaching
    // anybody: only a request of which no byte of an answer came over a kept connection is sent again.
    // Errors: LocalServiceUnavailable: not reached, nothing was sent. ConnectionLost: sent, and maybe handled. Timeout: not
    // done by the deadline (none: waits for ever). PayloadTooLarge: an answer over `mostBytes`.
    [[nodiscard]] wire::Result<Answer> send(const Request &request, std::optional<Time> deadline,
                                            std::size_t mostBytes);

    [[nodiscard]] const edge::HttpUrl &server() const noexcept { return m_server; }

private:
    class Connection;

    wire::Result<Answer> sendFresh(const std::string &head, const Request &request, std::optional<Time> deadline,
                                   std::size_t mostBytes);

    edge::HttpUrl m_server;
    std::shared_ptr<TlsTrust> m_trust;
    std::unique_ptr<Connection> m_connection;
};

} // namespace transport
