#include "functions/tunnel_request.h"

#include "wire/json_codec.h"
#include "wire/limits.h"

namespace functions {

using wire::Code;
using wire::Result;

namespace {

constexpr auto kCancelTime = wire::kAnswerMargin / 2; // the visitor's own answer needs the rest

} // namespace

// Makes sure that the link's end is told to this address; false when that has come already.
Result<bool> TunnelRequest::listen(std::string_view connectionId, const std::string &address, Time deadline)
{
    if (!m_live.settings.features.failInFlight || m_parts.memory.isNoted(connectionId, address))
        return true;
    auto noted = m_parts.links.addWaiter(connectionId, address, deadline);
    if (noted && *noted)
        m_parts.memory.note(connectionId, address);
    return noted;
}

std::expected<void, TunnelFailure> TunnelRequest::post(const wire::HttpRequest &request, std::string_view connectionId,
                                                       Time deadline)
{
    const auto messages = wire::chunkRequest(request);
    if (!messages)
        return std::unexpected(TunnelFailure{messages.error()});
    bool sent = false;
    for (const auto &message : *messages) {
        auto posted = m_parts.sender.post(connectionId, wire::encodeJson(message), deadline);
        if (!posted) {
            const bool gone = posted.error().code == Code::ConnectionLost;
            if (sent && !gone) // the client waits for the rest
                cancel(request.requestId, connectionId, posted.error(), deadline + kCancelTime);
            return std::unexpected(TunnelFailure{std::move(posted.error()), gone, sent || !gone});
        }
        sent = true;
    }
    return {};
}

Result<> TunnelRequest::gather(gateway::ReplyAssembly &assembly, Time deadline)
{
    while (!assembly.complete()) {
        if (m_world.clock() >= deadline)
            return wire::fail(Code::Timeout, "no whole answer in time");
        const auto texts = m_parts.replies.receive(deadline);
        if (!texts)
            return std::unexpected(texts.error());
        for (const auto &text : *texts) {
            const auto added = assembly.add(text);
            if (!added)
                return std::unexpected(added.error());
            if (!*added)
                m_world.log.debug("reply_passed_over");
        }
    }
    return {};
}

Result<TunnelAnswer> TunnelRequest::awaitAnswer(const std::string &requestId, const std::string &connectionId,
                                                Time deadline)
{
    gateway::ReplyAssembly assembly(requestId, connectionId, wire::kLambdaBodyBytes);
    if (auto gathered = gather(assembly, deadline); !gathered) {
        if (!assembly.endedByClient())
            cancel(requestId, connectionId, gathered.error(), deadline + kCancelTime);
        return std::unexpected(std::move(gathered.error()));
    }
    return TunnelAnswer{assembly.takeHead(), assembly.takeBody()};
}

void TunnelRequest::cancel(const std::string &requestId, std::string_view connectionId, const wire::Error &reason,
                           Time deadline)
{
    const wire::Cancel message{requestId, std::string(wire::codeName(reason.code))};
    const auto posted = m_parts.sender.post(connectionId, wire::encodeJson(message), deadline);
    if (!posted)
        m_world.log.debug("cancel_not_sent", {{"request_id", requestId}, {"reason", posted.error().message}});
}

std::expected<TunnelAnswer, TunnelFailure> TunnelRequest::run(wire::HttpRequest &request,
                                                              const std::string &connectionId, Time deadline)
{
    const auto address = m_parts.replies.address(deadline);
    if (!address)
        return std::unexpected(TunnelFailure{address.error()});
    const auto listening = listen(connectionId, *address, deadline);
    if (!listening)
        return std::unexpected(TunnelFailure{listening.error()});
    if (!*listening)
        return std::unexpected(TunnelFailure{{Code::ConnectionLost, "the link had gone already"}, true});
    request.replyTo = m_live.replyKeys.sign(*address, {request.requestId, connectionId}, deadline);
    if (auto posted = post(request, connectionId, deadline); !posted)
        return std::unexpected(std::move(posted.error()));
    auto answer = awaitAnswer(request.requestId, connectionId, deadline);
    if (answer)
        return std::move(*answer);
    const bool gone = answer.error().code == Code::ConnectionLost;
    return std::unexpected(TunnelFailure{std::move(answer.error()), gone, true});
}

} // namespace functions
