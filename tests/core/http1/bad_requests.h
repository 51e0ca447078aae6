// Requests that two HTTP implementations could read differently, or that cost too much: every one must be refused.
#pragma once

#include "wire/limits.h"

#include <string>
#include <vector>

namespace {

using namespace std::string_literals;

struct BadRequest {
    const char *what;
    std::string bytes;
};

inline std::string post(const std::string &fields)
{
    return "POST / HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n";
}

const BadRequest kBadHeads[] = {
    // --- the length of the body
    {"Content-Length, then Transfer-Encoding", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")},
    {"Transfer-Encoding, then Content-Length", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")},
    {"Transfer-Encoding and a zero Content-Length", post("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n")},
    {"two different Content-Length", post("Content-Length: 5\r\nContent-Length: 6\r\n")},
    {"two equal Content-Length", post("Content-Length: 5\r\nContent-Length: 5\r\n")},
    {"a list of equal Content-Length", post("Content-Length: 5, 5\r\n")},
    {"a list with an empty element", post("Content-Length: 5,\r\n")},
    {"plus sign", post("Content-Length: +5\r\n")},
    {"minus sign", post("Content-Length: -5\r\n")},
    {"hexadecimal", post("Content-Length: 0x5\r\n")},
    {"fraction", post("Content-Length: 5.0\r\n")},
    {"space inside", post("Content-Length: 5 5\r\n")},
    {"letters", post("Content-Length: five\r\n")},
    {"quoted", post("Content-Length: \"5\"\r\n")},
    {"empty", post("Content-Length:\r\n")},
    {"over 64 bits", post("Content-Length: 18446744073709551616\r\n")},
    {"far over 64 bits", post("Content-Length: 99999999999999999999999999\r\n")},
    // --- transfer codings
    {"gzip, chunked", post("Transfer-Encoding: gzip, chunked\r\n")},
    {"chunked, gzip", post("Transfer-Encoding: chunked, gzip\r\n")},
    {"chunked twice in one field", post("Transfer-Encoding: chunked, chunked\r\n")},
    {"chunked in two fields", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")},
    {"identity and chunked", post("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n")},
    {"identity", post("Transfer-Encoding: identity\r\n")},
    {"unknown coding", post("Transfer-Encoding: xchunked\r\n")},
    {"a parameter", post("Transfer-Encoding: chunked;q=1\r\n")},
    {"vertical tab", post("Transfer-Encoding: \vchunked\r\n")},
    {"no coding", post("Transfer-Encoding:\r\n")},
    {"a transfer coding in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"},
    // --- line and field syntax
    {"bare LF", "GET / HTTP/1.1\nHost: h\n\n"},
    {"bare CR", "GET / HTTP/1.1\r\nHost: h\rX: y\r\n\r\n"},
    {"NUL", "GET / HTTP/1.1\r\nHost: h\0\r\n\r\n"s},
    {"control character in a value", post("X: a\x01z\r\n")},
    {"DEL in a value", post("X: a\x7f\r\n")},
    {"folded line", post("X: a\r\n b\r\n")},
    {"folded Transfer-Encoding", post("Transfer-Encoding:\r\n chunked\r\n")},
    {"space before the colon", post("Transfer-Encoding : chunked\r\n")},
    {"tab before the colon", post("Content-Length\t: 5\r\n")},
    {"no colon", post("Content-Length 5\r\n")},
    {"empty name", post(": x\r\n")},
    {"name with a space", post("X Y: 1\r\n")},
    {"name with obs-text", post("X\xe4: 1\r\n")},
    // --- the request line
    {"two spaces after the method", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"tab instead of a space", "GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"space in the target", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"control character in the target", "GET /\x01 HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"no target", "GET HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"no version", "GET /\r\nHost: h\r\n\r\n"},
    {"HTTP/0.9", "GET / HTTP/0.9\r\nHost: h\r\n\r\n"},
    {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: h\r\n\r\n"},
    {"HTTP/2.0", "GET / HTTP/2.0\r\nHost: h\r\n\r\n"},
    {"lower-case version", "GET / http/1.1\r\nHost: h\r\n\r\n"},
    {"space after the version", "GET / HTTP/1.1 \r\nHost: h\r\n\r\n"},
    {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
    {"TLS where HTTP is spoken", "\x16\x03\x01\x02\r\n\r\n"s},
    {"method that is no token", "GE(T) / HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"overlong method", std::string(wire::kMaxMethodBytes + 1, 'A') + " / HTTP/1.1\r\nHost: h\r\n\r\n"},
    // --- whom it is for
    {"no Host in HTTP/1.1", "GET / HTTP/1.1\r\nAccept: */*\r\n\r\n"},
    {"two Host", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"},
    {"two equal Host", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"},
    {"two Host in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"},
    {"CONNECT", "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n"},
    {"authority form", "GET h:443 HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"asterisk with GET", "GET * HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"another scheme", "GET ftp://h/x HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"absolute form without a host", "GET http:///x HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"absolute form with a user", "GET http://u@h/x HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"absolute form without Host", "GET http://h/x HTTP/1.1\r\n\r\n"},
    {"a fragment", "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"a fragment in the absolute form", "GET http://h/a#b HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"relative path", "GET x HTTP/1.1\r\nHost: h\r\n\r\n"},
};

inline std::string trailersOfSize(std::size_t size)
{
    std::string fields;
    while (fields.size() < size)
        fields += "X-T: " + std::string(1000, 't') + "\r\n";
    return fields;
}

inline std::vector<BadRequest> badChunkedBodies()
{
    std::string manyTrailers = "0\r\n";
    for (std::size_t i = 0; i <= wire::kMaxHeaderCount; ++i)
        manyTrailers += "a: b\r\n";
    return {
        {"no digits", "\r\nhello\r\n0\r\n\r\n"},
        {"no hexadecimal digit", "g\r\nhello\r\n0\r\n\r\n"},
        {"minus sign", "-5\r\nhello\r\n0\r\n\r\n"},
        {"plus sign", "+5\r\nhello\r\n0\r\n\r\n"},
        {"0x", "0x5\r\nhello\r\n0\r\n\r\n"},
        {"space before the size", " 5\r\nhello\r\n0\r\n\r\n"},
        {"size over 64 bits", "10000000000000000\r\nhello\r\n0\r\n\r\n"},
        {"size that wraps around to 5", "10000000000000005\r\nhello\r\n0\r\n\r\n"},
        {"bare LF after the size", "5\nhello\r\n0\r\n\r\n"},
        {"bare CR after the size", "5\rhello\r\n0\r\n\r\n"},
        {"data longer than its size", "5\r\nhello!\r\n0\r\n\r\n"},
        {"data shorter than its size", "6\r\nhello\r\n0\r\n\r\n"},
        {"bare LF after the data", "5\r\nhello\n0\r\n\r\n"},
        {"junk behind the size", "5 junk\r\nhello\r\n0\r\n\r\n"},
        {"control character in an extension", "5;\x01\r\nhello\r\n0\r\n\r\n"},
        {"quoted string over two lines", "5;a=\"b\r\nhello\"\r\n0\r\n\r\n"},
        {"bare LF in a quoted string", "5;a=\"\nb\"\r\nhello\r\n0\r\n\r\n"},
        {"bare LF in a quoted string after the last chunk", "0;a=\"\nb\"\r\n\r\n"},
        {"NUL in a quoted string", "5;a=\"\0b\"\r\nhello\r\n0\r\n\r\n"s},
        {"endless quoted string", "5;a=\"b\r\n" + std::string(2 * wire::kMaxTrailerBytes, 'x')},
        {"endless extension", "5;a=" + std::string(2 * wire::kMaxTrailerBytes, 'x')},
        {"endless zeros", std::string(2 * wire::kMaxTrailerBytes, '0')},
        {"bare LF after the last chunk", "0\n\r\n\r\n"},
        {"Content-Length as a trailer", "0\r\nContent-Length: 5\r\n\r\n"},
        {"Transfer-Encoding as a trailer", "0\r\nTransfer-Encoding: chunked\r\n\r\n"},
        {"trailer name that is no token", "0\r\nX Y: 1\r\n\r\n"},
        {"trailer with a space before the colon", "0\r\nX : 1\r\n\r\n"},
        {"control character in a trailer", "0\r\nX: a\x01\r\n\r\n"},
        {"NUL in a trailer", "0\r\nX: a\0b\r\n\r\n"s},
        {"trailer ended by a bare LF", "0\r\nX: 1\n\r\n\r\n"},
        {"trailer ended by a bare LF, then CRLF", "0\r\nX: a\n\r\n"},
        {"trailers ended by bare LF", "0\r\nX: a\n\n"},
        {"bare CR in a trailer", "0\r\nX: a\rb\r\n\r\n"},
        {"trailer folded with a space", "0\r\nX: a\r\n b\r\n\r\n"},
        {"trailer folded with a tab", "0\r\nX: a\r\n\tb\r\n\r\n"},
        {"too many trailers", manyTrailers + "\r\n"},
        {"endless trailers", "0\r\n" + trailersOfSize(2 * wire::kMaxTrailerBytes)},
        {"large trailers that end", "0\r\n" + trailersOfSize(2 * wire::kMaxTrailerBytes) + "\r\n"},
    };
}

inline std::string headWithFields(std::size_t count)
{
    std::string head = "GET / HTTP/1.1\r\nHost: h\r\n";
    for (std::size_t i = 1; i < count; ++i)
        head += "a: b\r\n";
    return head + "\r\n";
}

inline std::string targetOfSize(std::size_t size)
{
    return "/" + std::string(size - 1, 'u');
}

inline std::string headOfSize(std::size_t size)
{
    std::string head = "GET / HTTP/1.1\r\nHost: h\r\nX: ";
    head.append(size - head.size() - 4, 'x');
    return head + "\r\n\r\n";
}

inline std::vector<BadRequest> tooLargeHeads()
{
    return {
        {"one byte too much", headOfSize(wire::kMaxHeadBytes + 1)},
        {"1 MB", headOfSize(wire::kMiB)},
        {"a request line that never ends", "GET /" + std::string(wire::kMaxHeadBytes, 'u')},
        {"a field that never ends", "GET / HTTP/1.1\r\nX: " + std::string(wire::kMaxHeadBytes, 'x')},
        {"one field too many", headWithFields(wire::kMaxHeaderCount + 1)},
        {"a long target", "GET " + targetOfSize(wire::kMaxTargetBytes + 1) + " HTTP/1.1\r\nHost: h\r\n\r\n"},
    };
}

} // namespace
