// One event of Lambda, and the answer to it.
#include "events/answers.h"
#include "events/event.h"
#include "fuzz/fuzz.h"
#include "wire/limits.h"

#include <nlohmann/json.hpp>

namespace {

void demandRequest(const events::HttpEvent &event)
{
    const auto &head = event.head;
    fuzz::demand(wire::isRequestTarget(head.uri), "a target is one");
    const auto length = wire::findHeader(head.headers, "content-length");
    fuzz::demand(!length || *length == std::to_string(event.body.size()), "the length is that of the body");
}

// What a local service might answer with these fields and this body.
void demandAnswer(const events::HttpEvent &event)
{
    wire::ResponseHead head;
    head.status = 200;
    head.headers = event.head.headers;
    const auto text = events::httpAnswer(head, event.body, false);
    if (!text)
        return;
    fuzz::demand(text->size() <= wire::kLambdaPayloadBytes, "an answer fits");
    const auto answer = nlohmann::json::parse(*text, nullptr, false);
    fuzz::demand(answer.is_object() && answer["statusCode"] == 200, "an answer is JSON");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto event = events::parseEvent(std::string(fuzz::textOf(data, size)));
    if (!event)
        return 0;
    if (const auto *request = std::get_if<events::HttpEvent>(&*event)) {
        demandRequest(*request);
        demandAnswer(*request);
    }
    if (const auto *socket = std::get_if<events::SocketEvent>(&*event))
        fuzz::demand(!socket->connectionId.empty(), "a WebSocket's event names its connection");
    return 0;
}
