// Reads one HTTP/1.1 response from bytes (RFC 9112) with Boost.Beast's sans-I/O parser. No sockets, no clock, any
// thread. One object per message: after a 1xx head (other than 101) make a new one for the response that follows.
#pragma once

#include "wire/http_head.h"
#include "wire/limits.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace http1 {

class ResponseReader {
public:
    // `answersHead`: the request was HEAD, so no body follows whatever the fields say.
    explicit ResponseReader(bool answersHead);
    ~ResponseReader();
    ResponseReader(ResponseReader &&) noexcept;
    ResponseReader &operator=(ResponseReader &&) noexcept;

    // As RequestReader::feed. Stops right after the head; after a 101 head nothing more is consumed. Errors:
    // InternalError with a sentence for the user's log (malformed response), HeadersTooLarge.
    [[nodiscard]] wire::Result<std::size_t> feed(std::string_view bytes, std::string &body);
    // The connection ended: completes a body that runs until close, an error for any other unfinished message.
    [[nodiscard]] wire::Result<> finish();

    [[nodiscard]] bool started() const noexcept; // any byte seen
    [[nodiscard]] bool headComplete() const noexcept;
    [[nodiscard]] bool complete() const noexcept;

    // Valid once headComplete(). Fields are as received, hop-by-hop ones included; `body` is set.
    [[nodiscard]] wire::ResponseHead &head() noexcept;
    [[nodiscard]] bool keepAlive() const noexcept; // the connection can be used again once complete()
    [[nodiscard]] wire::HeaderList &trailers() noexcept;

private:
    class Parser;
    std::unique_ptr<Parser> m_parser;
};

} // namespace http1
