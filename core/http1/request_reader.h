// Reads one HTTP/1.1 request from bytes (RFC 9112): Boost.Beast's sans-I/O parser behind our own head rules, which
// refuse whatever two HTTP implementations could read differently (request smuggling). No sockets, no clock, any
// thread. One object per message; make a new one for the next request on the connection.
#pragma once

#include "wire/http_head.h"
#include "wire/limits.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace http1 {

class RequestReader {
public:
    RequestReader();
    ~RequestReader();
    RequestReader(RequestReader &&) noexcept;
    RequestReader &operator=(RequestReader &&) noexcept;

    // Takes what it can of `bytes` and returns how much; keep the rest and call again when more has arrived. Stops
    // right after the head, so that the caller can route before any of the body is read. Body bytes, freed of chunked
    // framing, are appended to `body`; never more than were given, so a caller with little credit gives few bytes.
    // Errors: InvalidRequest (answer 400 and close), HeadersTooLarge (431 and close).
    [[nodiscard]] wire::Result<std::size_t> feed(std::string_view bytes, std::string &body);

    [[nodiscard]] bool headComplete() const noexcept;
    [[nodiscard]] bool complete() const noexcept;

    // Valid once headComplete(). Fields are as received, hop-by-hop ones included; `body` and `version` are set.
    [[nodiscard]] wire::RequestHead &head() noexcept;
    [[nodiscard]] std::optional<std::uint64_t> contentLength() const noexcept;
    [[nodiscard]] bool keepAlive() const noexcept; // the peer may send another request on this connection
    // Valid once complete(): fields after the last chunk.
    [[nodiscard]] wire::HeaderList &trailers() noexcept;

private:
    class Parser;
    std::unique_ptr<Parser> m_parser;
};

} // namespace http1
