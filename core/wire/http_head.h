// HTTP message heads as values, header fields in the order received, duplicates kept (RFC 9110 5.3).
#pragma once

#include "wire/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wire {

struct Header {
    std::string name;
    std::string value;

    friend bool operator==(const Header &, const Header &) = default;
};

using HeaderList = std::vector<Header>;

// What follows a head. Framing is hop-by-hop, so the wire says it in its own words.
enum class BodyKind : std::uint8_t {
    None = 0,    // nothing follows; an `end` frame still closes the direction
    Sized = 1,   // as many bytes as Content-Length says
    Unknown = 2, // until `end`: chunked, or until close
};

struct RequestHead {
    std::string method;
    std::string uri;          // request target in origin form: path and query, exactly as received
    unsigned version = 11;    // the visitor's HTTP version: 10 or 11
    HeaderList headers;       // hop-by-hop fields removed
    std::string remoteAddress; // the visitor's address, without a port
    std::string requestId;    // `req_` + UUID
    std::string upgrade;      // protocol named by the visitor's Upgrade field, empty when it asked for none
    BodyKind body = BodyKind::None;

    friend bool operator==(const RequestHead &, const RequestHead &) = default;
};

struct ResponseHead {
    unsigned status = 0; // 1xx may come several times before the final one; 101 ends HTTP on this stream
    std::string reason;
    HeaderList headers;
    std::string upgrade; // with 101 only: the protocol switched to
    BodyKind body = BodyKind::None;

    friend bool operator==(const ResponseHead &, const ResponseHead &) = default;
};

// ASCII case-insensitive comparison of field names (RFC 9110 5.1).
[[nodiscard]] bool sameFieldName(std::string_view a, std::string_view b) noexcept;

// First value of a field, if any.
[[nodiscard]] std::optional<std::string_view> findHeader(const HeaderList &headers, std::string_view name) noexcept;
void removeHeader(HeaderList &headers, std::string_view name);
// Replaces the first occurrence in place, drops the others; appends when there is none.
void setHeader(HeaderList &headers, std::string_view name, std::string value);

// True when a comma-separated list field has this element, ignoring case and any parameters.
[[nodiscard]] bool listHasToken(std::string_view value, std::string_view token) noexcept;
// The same over every occurrence of the field.
[[nodiscard]] bool headerHasToken(const HeaderList &headers, std::string_view name, std::string_view token) noexcept;

// Removes Connection, the fields it names, Proxy-Connection, Keep-Alive, TE, Transfer-Encoding, Upgrade
// (RFC 9110 7.6.1). `TE: trailers` is kept when asked for, as RFC 9110 10.1.4 allows a proxy to.
// Content-Length, Host, Cache-Control and other end-to-end fields survive even when Connection names them
// (naming them there is a known smuggling trick).
void removeHopByHop(HeaderList &headers);

// Field and start-line syntax (RFC 9110 5.1, 5.5, 9.1; RFC 9112 3.2, 4).
[[nodiscard]] bool isToken(std::string_view text) noexcept;
[[nodiscard]] bool isFieldValue(std::string_view text) noexcept; // no CR, LF, NUL or other controls but HTAB
// Visible ASCII and obs-text, not empty; no "#": a fragment is never sent, and who gets one may read the path's end there
// or not.
[[nodiscard]] bool isRequestTarget(std::string_view text) noexcept;
// Whether an Upgrade field asks for another HTTP (h2c, HTTP/2.0, TLS/1.0). Granted, requests would pass unseen by every
// rule about them (h2c smuggling), so nobody here asks for those on behalf of a visitor.
[[nodiscard]] bool upgradesToHttp(std::string_view upgrade) noexcept;

// Checks sizes, counts and syntax of a head before it is trusted; used by decoders and by both HTTP ends.
[[nodiscard]] Result<> checkHeaders(const HeaderList &headers);
[[nodiscard]] Result<> checkHead(const RequestHead &head);
[[nodiscard]] Result<> checkHead(const ResponseHead &head);

// Every Content-Length is the same plain decimal number (RFC 9112 6.3 lets one refuse `5, 5` and `05`: so we do).
[[nodiscard]] Result<> checkContentLength(const HeaderList &headers);

// What a head must keep to on the wire, beyond checkHead: no Transfer-Encoding, Content-Length and `body` agree, no
// body after 1xx (but 101), 204 and 304. Decoders demand it, so that no peer can shift the bytes of two messages.
[[nodiscard]] Result<> checkFraming(const RequestHead &head);
[[nodiscard]] Result<> checkFraming(const ResponseHead &head);

// checkHeaders and that they fit an `end` frame: ask before sending trailers, and send none when they do not.
[[nodiscard]] Result<> checkTrailers(const HeaderList &trailers);

} // namespace wire
