#include "events/event.h"

#include "events/event_fields.h"
#include "events/http_event.h"
#include "events/socket_event.h"
#include "wire/json_reader.h"
#include "wire/limits.h"

namespace events {

using wire::Code;

wire::Result<Event> parseEvent(std::string text)
{
    if (text.size() > wire::kLambdaPayloadBytes)
        return wire::fail(Code::InvalidRequest, "the event is larger than Lambda's own limit");
    const auto parsed = wire::parseJsonObject(text);
    if (!parsed)
        return std::unexpected(parsed.error());
    std::string().swap(text); // megabytes, perhaps, and a copy of the body is to come
    const auto &event = *parsed;
    if (textAt(event, {"type"}) == "REQUEST" && !textAt(event, {"methodArn"}).empty())
        return readAuthorizerEvent(event);
    if (!textAt(event, {"requestContext", "eventType"}).empty())
        return readSocketEvent(event);
    if (textAt(event, {"version"}) == "2.0" && !textAt(event, {"requestContext", "http", "method"}).empty())
        return readHttpEvent(event);
    if (textAt(event, {"source"}) == "aws.events")
        return ScheduleEvent{};
    return wire::fail(Code::InvalidRequest,
                      "the event is none of an HTTP API (payload format 2.0), a WebSocket API or a schedule");
}

} // namespace events
