// Every message of the tunnel protocol on one page. Two encodings exist: v1, one JSON text message each
// (json_codec.h), and v2, MessagePack frames (frame.h, msgpack_codec.h). docs/protocol.md is the prose.
#pragma once

#include "wire/http_head.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace wire {

// client -> server, first message of a link.
struct Ready {
    std::string name;      // empty: the server draws an id
    std::string session;   // random id of this run of the client for this tunnel
    bool takeover = false; // evict another session of the same token
    unsigned links = 0; // other links of this session that the client still holds; 0 lets the server drop stale ones
    std::string clientVersion;
    std::string clientOs;

    friend bool operator==(const Ready &, const Ready &) = default;
};

// What the server lets pass on this tunnel; 0 is not told, which for the optional ones means no limit.
struct Limits {
    std::uint64_t maxBodyBytes = 0; // of one request
    std::uint64_t maxMessageBytes = 0;
    std::uint64_t requestTimeoutMs = 0;
    std::uint64_t heartbeatMs = 0; // v1 only, optional: how often the client is to send `ping`
    std::uint64_t requestsPerHour = 0;     // optional: rates below one a second stay exact
    std::uint64_t requestBurst = 0;        // optional: at once, after a pause
    std::uint64_t maxRequests = 0;         // optional: in flight
    std::uint64_t uploadBytesPerSecond = 0; // optional: from visitors to the client
    std::uint64_t downloadBytesPerSecond = 0; // optional

    friend bool operator==(const Limits &, const Limits &) = default;
};

// server -> client, answer to Ready.
struct ConnectionEstablished {
    std::string connectionId;
    std::string tunnelId;
    std::string publicUrl;
    std::string subdomainUrl; // optional: empty when absent
    std::string pathBasedUrl; // optional: empty when absent
    Limits limits; // absent in the earlier system: zeros
    std::string rewrite{}; // v1 only, optional: what the server's operator wants rewritten: full, base or none

    friend bool operator==(const ConnectionEstablished &, const ConnectionEstablished &) = default;
};

struct Ping {
    friend bool operator==(const Ping &, const Ping &) = default;
};
struct Pong {
    friend bool operator==(const Pong &, const Pong &) = default;
};

// Either side: no new streams on this link; close it when the last one ends.
struct Draining {
    std::string reason;

    friend bool operator==(const Draining &, const Draining &) = default;
};

struct ErrorMessage {
    std::string requestId; // optional: empty when it concerns the connection
    Error error;
    std::string replyTo{}; // v1 only, as in HttpResponse

    friend bool operator==(const ErrorMessage &, const ErrorMessage &) = default;
};

// --- v1 only: on v2 these are frames of a stream -----------------------------------------------------------------

struct HttpRequest {
    std::string requestId;
    std::string method;
    std::string uri;
    HeaderList headers; // JSON groups values by name; order across names is lost there, within a name it is kept
    std::string body; // raw bytes; base64 only in the encoding
    std::uint64_t timestampMs = 0;
    bool more = false; // body_chunk messages follow
    std::string replyTo; // opaque, echoed

    friend bool operator==(const HttpRequest &, const HttpRequest &) = default;
};

struct HttpResponse {
    std::string requestId;
    unsigned statusCode = 0;
    HeaderList headers;
    std::string body;
    std::uint64_t processingTimeMs = 0;
    bool more = false;
    std::string replyTo;

    friend bool operator==(const HttpResponse &, const HttpResponse &) = default;
};

struct BodyChunk {
    std::string requestId;
    std::uint32_t seq = 0; // from 1
    std::string body;
    bool more = false;
    std::string replyTo;

    friend bool operator==(const BodyChunk &, const BodyChunk &) = default;
};

struct Cancel {
    std::string requestId;
    std::string reason;

    friend bool operator==(const Cancel &, const Cancel &) = default;
};

using Message = std::variant<Ready, ConnectionEstablished, Ping, Pong, Draining, ErrorMessage, HttpRequest,
                             HttpResponse, BodyChunk, Cancel>;
// The part of it that v2 carries in control frames.
using ControlMessage = std::variant<Ready, ConnectionEstablished, Ping, Pong, Draining, ErrorMessage>;

} // namespace wire
