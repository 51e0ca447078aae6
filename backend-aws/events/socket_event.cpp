#include "events/socket_event.h"

#include "events/event_fields.h"

#include <optional>

namespace events {

namespace {

using nlohmann::json;
using wire::Code;

std::optional<SocketRoute> routeOf(std::string_view eventType)
{
    if (eventType == "CONNECT")
        return SocketRoute::Connect;
    if (eventType == "DISCONNECT")
        return SocketRoute::Disconnect;
    if (eventType == "MESSAGE")
        return SocketRoute::Message;
    return std::nullopt;
}

// Fields that came several times stand in multiValueHeaders only.
wire::HeaderList handshakeHeaders(const json &event)
{
    auto headers = headersAt(event, "multiValueHeaders");
    return headers.empty() ? headersAt(event, "headers") : headers;
}

} // namespace

wire::Result<Event> readAuthorizerEvent(const json &event)
{
    return AuthorizerEvent{.methodArn = textAt(event, {"methodArn"}),
                           .connectionId = textAt(event, {"requestContext", "connectionId"}),
                           .headers = handshakeHeaders(event)};
}

wire::Result<Event> readSocketEvent(const json &event)
{
    const auto route = routeOf(textAt(event, {"requestContext", "eventType"}));
    SocketEvent result;
    result.connectionId = textAt(event, {"requestContext", "connectionId"});
    if (!route || result.connectionId.empty())
        return wire::fail(Code::InvalidRequest, "the event of a WebSocket has no known eventType or no connectionId");
    auto body = bodyOf(event);
    if (!body)
        return std::unexpected(std::move(body.error()));
    result.route = *route;
    result.body = std::move(*body);
    result.sourceIp = textAt(event, {"requestContext", "identity", "sourceIp"});
    const std::chrono::milliseconds connected(numberAt(event, {"requestContext", "connectedAt"}));
    result.connectedAt = std::chrono::sys_time<std::chrono::milliseconds>(connected);
    result.headers = handshakeHeaders(event);
    result.owner = textAt(event, {"requestContext", "authorizer", "owner"});
    result.claims = textAt(event, {"requestContext", "authorizer", "claims"});
    return result;
}

} // namespace events
