#include "functions/socket_function.h"

#include "events/answers.h"
#include "wire/limits.h"

namespace functions {

namespace {

constexpr unsigned kOk = 200;
constexpr unsigned kBadRequest = 400;

// $connect has to name the subprotocol it takes; a client that offers none speaks v1.
std::string answerConnect(const wire::HeaderList &headers)
{
    if (!wire::findHeader(headers, "Sec-WebSocket-Protocol"))
        return events::socketAnswer(kOk);
    for (const auto name : {wire::kSubprotocolV1, wire::kSubprotocolSeed}) {
        if (wire::headerHasToken(headers, "Sec-WebSocket-Protocol", name))
            return events::socketAnswer(kOk, name);
    }
    return events::socketAnswer(kBadRequest);
}

} // namespace

std::string SocketFunction::handle(const events::AuthorizerEvent &event, Time deadline, const gateway::Live &live)
{
    return m_admission.answer(event, deadline, live);
}

std::string SocketFunction::handle(const events::SocketEvent &event, Time deadline, const gateway::Live &live)
{
    switch (event.route) {
    case events::SocketRoute::Connect: return answerConnect(event.headers);
    case events::SocketRoute::Disconnect: m_messages.ended(event.connectionId, deadline); break;
    case events::SocketRoute::Message: m_messages.handle(event, deadline, live); break;
    }
    return events::socketAnswer(kOk);
}

std::string SocketFunction::handle(const events::ScheduleEvent &, Time deadline, const gateway::Live &)
{
    m_sweep.run(deadline);
    return "{}";
}

} // namespace functions
