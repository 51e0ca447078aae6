// What Lambda is invoked with, as values: requests of an HTTP API (payload format 2.0), everything a WebSocket API sends, and
// the schedule of EventBridge. Pure; any thread. Untrusted in part: a visitor's and a client's bytes stand in it. Errors are
// InvalidRequest with a clause for the log that quotes no value.
#pragma once

#include "wire/http_head.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace events {

struct HttpEvent {
    // As the visitor sent it: names in lower case, cookies as one field, Content-Length of `body`.
    wire::RequestHead head{};
    std::string body{};
    std::string domain{}; // host of the API that was asked
};

// Asked before $connect; nothing of it is remembered by API Gateway.
struct AuthorizerEvent {
    std::string methodArn{};
    std::string connectionId{};
    wire::HeaderList headers{};
};

enum class SocketRoute : std::uint8_t { Connect, Disconnect, Message };

struct SocketEvent {
    SocketRoute route = SocketRoute::Message;
    std::string connectionId{};
    std::string sourceIp{};
    std::chrono::sys_time<std::chrono::milliseconds> connectedAt{};
    wire::HeaderList headers{}; // of the handshake; none with a message
    std::string body{}; // of a message
    std::string owner{}; // what the authorizer said (answers.h); empty: nobody in particular
    std::string claims{};
};

struct ScheduleEvent {};

using Event = std::variant<HttpEvent, AuthorizerEvent, SocketEvent, ScheduleEvent>;

[[nodiscard]] wire::Result<Event> parseEvent(std::string json);

} // namespace events
