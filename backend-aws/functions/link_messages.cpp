#include "functions/link_messages.h"

#include "functions/release_link.h"
#include "wire/json_codec.h"
#include "wire/limits.h"

#include <algorithm>
#include <type_traits>

namespace functions {

using wire::Code;
using wire::Result;

namespace {

// A queue takes the characters of XML only: whatever is not ASCII becomes an escape.
std::string asciiJson(const std::string &text)
{
    if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        return text;
    return nlohmann::json::parse(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

} // namespace

bool LinkMessages::tell(const Turn &turn, std::string_view connectionId, const wire::Message &message)
{
    const auto posted = m_ports.sender.post(connectionId, wire::encodeJson(message), turn.deadline);
    if (!posted)
        m_world.log.info("link_not_told", {{"connection_id", connectionId}, {"reason", posted.error().message}});
    return posted.has_value();
}

void LinkMessages::refuse(const Turn &turn, const wire::Error &reason)
{
    const auto &id = turn.event.connectionId;
    m_world.log.warn("link_refused", {{"connection_id", id},
                                      {"peer", turn.event.sourceIp},
                                      {"code", wire::codeName(reason.code)},
                                      {"reason", reason.message}});
    const bool ours = reason.code == Code::InternalError; // its detail is for our log
    (void)tell(turn, id, wire::ErrorMessage{{}, {reason.code, ours ? "the server could not do it" : reason.message}});
    if (const auto closed = m_ports.sender.close(id, turn.deadline); !closed)
        m_world.log.warn("link_not_closed", {{"connection_id", id}, {"reason", closed.error().message}});
}

Result<gateway::Claimant> LinkMessages::claimantOf(const Turn &turn) const
{
    gateway::Claimant claimant{turn.event.connectionId, turn.event.owner, std::nullopt};
    if (turn.event.claims.empty()) {
        if (turn.live.settings.security.requireAuthentication)
            return wire::fail(Code::Unauthorized, "this server asks for a token");
        return claimant;
    }
    const auto payload = nlohmann::json::parse(turn.event.claims, nullptr, false);
    auto claims = edge::readJwtClaims(payload);
    if (!claims)
        return std::unexpected(std::move(claims.error()));
    const auto now = std::chrono::floor<std::chrono::seconds>(m_world.clock());
    if (auto valid = edge::checkJwtTimes(*claims, now); !valid)
        return std::unexpected(std::move(valid.error()));
    claimant.claims = std::move(*claims);
    return claimant;
}

wire::ConnectionEstablished LinkMessages::welcome(const Turn &turn, const gateway::Reservation &reservation) const
{
    const auto &settings = turn.live.settings;
    const auto urls = m_world.surface.urlsOf(reservation.name, settings.features);
    wire::ConnectionEstablished message;
    message.connectionId = turn.event.connectionId;
    message.tunnelId = reservation.name;
    message.publicUrl = urls.best();
    message.subdomainUrl = urls.subdomain;
    message.pathBasedUrl = urls.path;
    const std::uint64_t most = wire::kLambdaBodyBytes;
    message.limits.maxBodyBytes = reservation.maxBody > 0 ? std::min(most, reservation.maxBody) : most;
    message.limits.maxMessageBytes = wire::kV1MaxMessageBytes;
    const std::chrono::milliseconds timeout = settings.tunnel.requestTimeout;
    const std::chrono::milliseconds heartbeat = settings.tunnel.heartbeat;
    message.limits.requestTimeoutMs = static_cast<std::uint64_t>(timeout.count());
    message.limits.heartbeatMs = static_cast<std::uint64_t>(heartbeat.count());
    message.rewrite = gateway::rewriteName(settings.performance);
    return message;
}

void LinkMessages::evict(const Turn &turn, const gateway::Claim &claim)
{
    for (const auto &id : claim.evicted) {
        (void)tell(turn, id, wire::ErrorMessage{{}, claim.reason});
        if (const auto closed = m_ports.sender.close(id, turn.deadline); !closed)
            m_world.log.warn("link_not_closed", {{"connection_id", id}, {"reason", closed.error().message}});
    }
}

// Who holds a name may be gone without word of it having come yet: a client that was started anew is faster. So its links are
// asked before anybody is turned away. True when one was gone, or none is left by now.
bool LinkMessages::dropGone(const Turn &turn, const std::string &name)
{
    const auto stored = m_ports.names.load(name, turn.deadline);
    if (!stored || !*stored)
        return false;
    bool dropped = (*stored)->links.empty();
    for (const auto &link : (*stored)->links) {
        const auto asked = m_ports.sender.post(link, wire::encodeJson(wire::Ping{}), turn.deadline);
        if (asked || asked.error().code != Code::ConnectionLost)
            continue;
        ended(link, turn.deadline);
        dropped = releaseLink(m_ports.names, name, link, m_world.clock(), turn.deadline).has_value() || dropped;
    }
    return dropped;
}

void LinkMessages::onReady(const Turn &turn, const wire::Ready &ready)
{
    const auto claimant = claimantOf(turn);
    if (!claimant)
        return refuse(turn, claimant.error());
    auto claim = m_claim.claim(ready, *claimant, turn.event.connectedAt, turn.deadline, turn.live);
    if (!claim && claim.error().code == Code::NameTaken && dropGone(turn, ready.name))
        claim = m_claim.claim(ready, *claimant, turn.event.connectedAt, turn.deadline, turn.live);
    if (!claim)
        return refuse(turn, claim.error());
    m_world.log.info(
        "tunnel_online",
        {{"tunnel", claim->next.name}, {"connection_id", turn.event.connectionId}, {"peer", turn.event.sourceIp}});
    if (!tell(turn, turn.event.connectionId, welcome(turn, claim->next)))
        ended(turn.event.connectionId, turn.deadline);
    evict(turn, *claim);
}

void LinkMessages::onPing(const Turn &turn)
{
    const auto claimant = claimantOf(turn);
    if (!claimant)
        return refuse(turn, claimant.error());
    (void)tell(turn, turn.event.connectionId, wire::Pong{});
}

// No new requests; the link itself stays for the answers to those under way.
void LinkMessages::onDraining(const Turn &turn)
{
    const auto tunnel = m_ports.links.tunnelOf(turn.event.connectionId, turn.deadline);
    if (tunnel && tunnel->empty())
        return;
    auto released = tunnel
                        ? releaseLink(m_ports.names, *tunnel, turn.event.connectionId, m_world.clock(), turn.deadline)
                        : Result<>(std::unexpected(tunnel.error()));
    if (!released)
        m_world.log.warn("link_not_drained",
                         {{"connection_id", turn.event.connectionId}, {"reason", released.error().message}});
}

void LinkMessages::onAnswer(const Turn &turn, const std::string &requestId, const std::string &replyTo)
{
    const auto &id = turn.event.connectionId;
    const auto address = turn.live.replyKeys.verify(replyTo, {requestId, id}, m_world.clock());
    if (!address) {
        m_world.log.warn("reply_refused",
                         {{"connection_id", id}, {"request_id", requestId}, {"reason", address.error().message}});
        return;
    }
    const auto sent = m_ports.replies.send(*address, asciiJson(turn.event.body), turn.deadline);
    if (!sent)
        m_world.log.error("reply_not_sent", {{"request_id", requestId}, {"reason", sent.error().message}});
    else if (!*sent)
        m_world.log.info("reply_too_late", {{"request_id", requestId}});
}

void LinkMessages::handle(const events::SocketEvent &event, Time deadline, const gateway::Live &live)
{
    const Turn turn{event, deadline, live};
    const auto message = wire::decodeJson(event.body);
    if (!message)
        return refuse(turn, message.error());
    std::visit(
        [&](const auto &one) {
            using T = std::decay_t<decltype(one)>;
            if constexpr (std::is_same_v<T, wire::Ready>)
                onReady(turn, one);
            else if constexpr (std::is_same_v<T, wire::Ping>)
                onPing(turn);
            else if constexpr (std::is_same_v<T, wire::Draining>)
                onDraining(turn);
            else if constexpr (std::is_same_v<T, wire::HttpResponse> || std::is_same_v<T, wire::BodyChunk>)
                onAnswer(turn, one.requestId, one.replyTo);
            else if constexpr (std::is_same_v<T, wire::ErrorMessage>) {
                if (!one.requestId.empty())
                    onAnswer(turn, one.requestId, one.replyTo);
                else
                    m_world.log.info("client_error",
                                     {{"connection_id", event.connectionId}, {"reason", one.error.message}});
            } else if constexpr (!std::is_same_v<T, wire::Pong> && !std::is_same_v<T, wire::Cancel>)
                refuse(turn, {Code::ProtocolError, "a message that only servers send"});
        },
        *message);
}

void LinkMessages::ended(std::string_view connectionId, Time deadline)
{
    const auto removed = m_ports.links.remove(connectionId, deadline);
    if (!removed)
        m_world.log.error("link_not_dropped", {{"connection_id", connectionId}, {"reason", removed.error().message}});
    if (!removed || !*removed)
        return;
    const auto &link = **removed;
    m_world.log.info("link_lost", {{"tunnel", link.tunnel}, {"connection_id", connectionId}});
    if (const auto released = releaseLink(m_ports.names, link.tunnel, connectionId, m_world.clock(), deadline);
        !released)
        m_world.log.error("link_not_dropped", {{"connection_id", connectionId}, {"reason", released.error().message}});
    tellWaiters(m_world, m_ports.replies, connectionId, link.waiters, deadline);
}

} // namespace functions
