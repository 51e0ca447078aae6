// A visitor that writes its requests byte for byte and reads the responses to them. Blocking, bounded, on the test's
// thread.
#pragma once

#include "http1/response_reader.h"
#include "support/blocking_socket.h"

#include <string>
#include <string_view>
#include <vector>

namespace support {

struct Response {
    std::vector<wire::ResponseHead> interim; // 1xx heads before it
    wire::ResponseHead head;
    std::string body;
    wire::HeaderList trailers;
    bool keepAlive = false;

    [[nodiscard]] unsigned status() const noexcept { return head.status; }
    [[nodiscard]] std::string header(std::string_view name) const
    {
        return std::string(wire::findHeader(head.headers, name).value_or("(absent)"));
    }
};

class RawVisitor : public BlockingSocket {
public:
    using BlockingSocket::BlockingSocket;

    // The next response, whole. Throws when the connection ends, resets or is silent before that.
    [[nodiscard]] Response readResponse(bool answersHead = false);
    // The next response as far as its head (1xx heads are passed over and kept in `interim`).
    [[nodiscard]] Response readHead(bool answersHead = false);
    // Goes on with a response until its body has at least `size` bytes, or with `size` 0 until it is whole.
    void readBody(Response &response, std::size_t size = 0);
    // Nothing more comes: the end, not a reset and not silence.
    [[nodiscard]] bool atEnd() { return receive(1).empty(); }

private:
    [[nodiscard]] bool step(Response &response);

    std::unique_ptr<http1::ResponseReader> m_reader;
};

// A request without a body; `fields` are further lines, each with its CRLF.
[[nodiscard]] inline std::string request(std::string_view method, std::string_view host, std::string_view target,
                                         std::string_view fields = "")
{
    return std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: " + std::string(host) + "\r\n" +
           std::string(fields) + "\r\n";
}
[[nodiscard]] inline std::string get(std::string_view host, std::string_view target, std::string_view fields = "")
{
    return request("GET", host, target, fields);
}
[[nodiscard]] inline std::string post(std::string_view host, std::string_view target, std::string_view body,
                                      std::string_view fields = "")
{
    return request("POST", host, target,
                   "Content-Length: " + std::to_string(body.size()) + "\r\n" + std::string(fields)) +
           std::string(body);
}

} // namespace support
