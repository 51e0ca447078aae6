#include "relay/visitor_session.h"

#include "edge/forwarded_chain.h"
#include "edge/forwarded_headers.h"
#include "relay/tls_context.h"
#include "relay/visitor_exchange.h"

#include <algorithm>
#include <utility>

namespace relay {

namespace {

using wire::Code;

constexpr std::size_t kHeadReadBytes = 8 * wire::kKiB;

// What a tunnel client is told in a clause, as a page says it.
std::string sentenceOf(std::string clause)
{
    if (!clause.empty() && clause.front() >= 'a' && clause.front() <= 'z')
        clause.front() = static_cast<char>(clause.front() - 'a' + 'A');
    return clause + ".";
}

bool isTrustedProxy(const Context &context, const Connection &connection)
{
    return wire::containsAddress(context.config.proxy.trusted, connection.peerAddress());
}

} // namespace

VisitorSession::VisitorSession(Context &context, std::unique_ptr<Connection> connection)
    : m_context(context),
      m_transport(context.deadlines, context.config.timeouts.visitorWrite, std::move(connection)),
      m_peerAddress(m_transport.connection().peerAddress()),
      m_trustedPeer(isTrustedProxy(context, m_transport.connection()))
{
    m_context.visitors.insert(this);
    ++m_context.metrics.visitorConnections;
}

VisitorSession::~VisitorSession()
{
    m_context.visitors.erase(this);
    --m_context.metrics.visitorConnections;
    if (!m_trustedPeer && !m_placeGiven)
        m_context.addresses.leave(m_peerAddress);
}

// What the connection counts as goes on counting for as long as somebody keeps this.
std::shared_ptr<void> VisitorSession::givePlace()
{
    m_placeGiven = true;
    ++m_context.waitingLinks;
    return {nullptr, [&context = m_context, address = m_peerAddress, counted = !m_trustedPeer](void *) {
                --context.waitingLinks;
                if (counted)
                    context.addresses.leave(address);
            }};
}

bool VisitorSession::enter(Context &context, const Connection &connection)
{
    return isTrustedProxy(context, connection) || context.addresses.enter(connection.peerAddress());
}

void VisitorSession::drain() noexcept
{
    if (m_idle)
        close();
}

Task<> VisitorSession::run(Context &context, std::unique_ptr<Connection> connection)
{
    std::shared_ptr<ClientSession> client;
    wire::RequestHead upgrade;
    {
        VisitorSession session(context, std::move(connection));
        session.m_transport.readLimit().arm(context.config.timeouts.head);
        const auto error = co_await session.m_transport.connection().open();
        session.m_transport.readLimit().disarm();
        if (error) {
            context.log.debug("handshake_failed", {{"reason", error.message()}});
            co_return;
        }
        co_await session.serve();
        client = std::move(session.m_client);
        upgrade = std::move(session.m_upgrade);
    }
    if (client) // in a coroutine of its own: this one's frame has room for a session
        context.tasks.spawn("link", ClientSession::run(std::move(client), std::move(upgrade)));
}

Task<> VisitorSession::serve()
{
    bool next = true;
    while (next && !m_context.draining) {
        VisitorRequest request;
        m_transport.renew();
        next = co_await readHead(request);
        if (next)
            next = co_await answer(request);
    }
    if (!m_transport.open())
        co_return;
    if (!m_transport.broken())
        co_await m_transport.finishSending();
    close();
}

Task<bool> VisitorSession::readHead(VisitorRequest &request)
{
    const auto &timeouts = m_context.config.timeouts;
    auto &input = m_transport.input();
    std::string none;
    m_idle = input.view().empty();
    const auto idle = std::exchange(m_fresh, false) ? std::min(timeouts.keepAlive, timeouts.head) : timeouts.keepAlive;
    m_transport.readLimit().arm(m_idle ? idle : timeouts.head);
    while (!request.reader.headComplete()) {
        auto taken = request.reader.feed(input.view(), none);
        if (!taken) {
            request.begin();
            (void)co_await sendError(request, taken.error().code, taken.error().message);
            co_return false;
        }
        input.consume(*taken);
        if (request.reader.headComplete())
            break;
        const bool more = co_await m_transport.readMore(kHeadReadBytes);
        if (!more) {
            if (!m_transport.expired() || m_idle)
                co_return false;
            request.begin();
            (void)co_await sendLateRequest(request);
            co_return false;
        }
        if (std::exchange(m_idle, false))
            m_transport.readLimit().arm(timeouts.head);
    }
    m_idle = false;
    m_transport.readLimit().disarm();
    request.begin();
    co_return true;
}

// --- Answers ---------------------------------------------------------------------------------------------------------

Task<bool> VisitorSession::answer(VisitorRequest &request)
{
    auto route =
        edge::route(m_context.rules, wire::findHeader(request.head.headers, "Host").value_or(""), request.head.uri);
    switch (route.kind) {
    case edge::RouteKind::Tunnel: co_return co_await answerTunnel(request, std::move(route));
    case edge::RouteKind::Connect: co_return co_await answerConnect(request);
    case edge::RouteKind::Redirect:
        co_return co_await sendPage(request, edge::makeRedirect(route.location, request.page()));
    case edge::RouteKind::Landing: co_return co_await sendPage(request, edge::makeLandingPage(request.page()));
    case edge::RouteKind::Unknown: break;
    }
    if (route.error.code == Code::InvalidRequest)
        request.keepAlive = false; // whoever sends such a Host may mean two servers to read it differently
    co_return co_await sendError(request, route.error.code, route.error.message);
}

Task<bool> VisitorSession::answerConnect(VisitorRequest &request)
{
    const auto &headers = request.head.headers;
    if (!wire::listHasToken(request.head.upgrade, "websocket")) {
        const auto token = bearerToken(wire::findHeader(headers, "Authorization").value_or(""));
        const auto client = clientAddress(request.head);
        const auto admitted = m_context.admit(token, client);
        if (!admitted) {
            const auto &error = admitted.error();
            m_context.audit.record({.event = AuditEvent::Refused,
                                    .client = client,
                                    .code = wire::codeName(error.code),
                                    .reason = error.message});
            co_return co_await sendError(request, admitted.error().code, sentenceOf(error.message));
        }
        co_return co_await sendError(request, Code::InvalidRequest, "Tunnel clients connect here with a WebSocket.");
    }
    if (!wire::headerHasToken(headers, "Sec-WebSocket-Protocol", wire::kSubprotocolV2))
        co_return co_await sendError(request, Code::InvalidRequest,
                                     "This relay speaks tunnel.v2.msgpack only; the client did not offer it.");
    if (wire::findHeader(headers, "Origin")) // who browses would open it without knowing
        co_return co_await sendError(request, Code::Forbidden, "No page in a browser opens tunnels here.");
    if (!m_transport.input().view().empty() || request.head.method != "GET")
        co_return co_await sendError(request, Code::InvalidRequest, "This is no WebSocket handshake.");
    m_upgrade = std::move(request.head);
    auto address = clientAddress(m_upgrade);
    auto connection = m_transport.takeConnection();
    m_client = std::make_shared<ClientSession>(m_context, connection->upgrade(), std::move(address));
    m_client->countUntilAdmitted(givePlace());
    co_return false;
}

std::string VisitorSession::clientAddress(const wire::RequestHead &head) const
{
    const auto &peer = m_transport.connection().peerAddress();
    if (!m_trustedPeer)
        return peer;
    return std::string(edge::visitorOrigin(head.headers, peer, m_context.config.proxy.trusted).address);
}

Task<bool> VisitorSession::answerMissing(VisitorRequest &request)
{
    switch (m_context.registry.presence(request.tunnel)) {
    case TunnelRegistry::Presence::Online:
        co_return co_await sendError(request, Code::RateLimited, "This tunnel has too many requests in flight.");
    case TunnelRegistry::Presence::Leaving: co_return co_await sendReconnecting(request);
    case TunnelRegistry::Presence::Offline:
        co_return co_await sendError(request, Code::TunnelNotFound,
                                     "This tunnel is offline. Its owner may be back in a moment.");
    case TunnelRegistry::Presence::Missing: break;
    }
    co_return co_await sendError(request, Code::TunnelNotFound, "There is no tunnel of this name here.");
}

Task<bool> VisitorSession::answerTunnel(VisitorRequest &request, edge::Route route)
{
    request.tunnel = std::move(route.name);
    auto *picked = static_cast<ClientSession *>(m_context.registry.pick(request.tunnel)); // only those are registered
    if (!picked)
        co_return co_await answerMissing(request);
    if (request.reader.contentLength().value_or(0) > picked->maxBodyBytes())
        co_return co_await sendError(request, Code::PayloadTooLarge);
    const auto refusal = picked->quotas().requests.check(request.started);
    if (refusal)
        co_return co_await sendRefused(request, *refusal);
    forwardHead(request, route);
    if (auto checked = wire::checkHead(request.head); !checked)
        co_return co_await sendError(request, Code::HeadersTooLarge);
    VisitorExchange exchange(m_context, m_transport, request, picked->shared_from_this());
    co_return co_await exchange.run();
}

void VisitorSession::forwardHead(VisitorRequest &request, const edge::Route &route)
{
    auto &head = request.head;
    head.uri = route.uri;
    wire::removeHopByHop(head.headers); // first: a visitor's Connection field must not name what is added below
    auto &connection = m_transport.connection();
    edge::applyForwarded(head, {.peerAddress = connection.peerAddress(),
                                .peerTrusted = m_trustedPeer,
                                .trustedProxies = m_context.config.proxy.trusted,
                                .scheme = connection.secure() ? "https" : "http",
                                .prefix = route.prefix});
}

Task<bool> VisitorSession::sendPage(VisitorRequest &request, edge::Page page)
{
    const bool read = request.reader.complete();
    const bool keep = request.keepAlive && read && !m_context.draining;
    addTransportSecurity(m_context.config.tls, page.head);
    const bool written = co_await m_transport.writePage(page, keep, request.head.version);
    if (!written)
        co_return false;
    if (!read || (!keep && !m_transport.input().view().empty()))
        co_await m_transport.linger();
    co_return keep;
}

Task<bool> VisitorSession::sendError(VisitorRequest &request, Code code, std::string_view sentence)
{
    return sendFailure(request, {code, std::string(sentence)}, edge::makeErrorPage(code, sentence, request.page()));
}

// Of a flood there is one line in the log from time to time, not one for each request.
Task<bool> VisitorSession::sendRefused(VisitorRequest &request, const edge::QuotaRefusal &refusal)
{
    const auto limit = edge::limitName(refusal);
    m_context.refusals.request(limit, request.tunnel, request.started);
    request.summarized = true;
    const auto sentence = edge::refusalSentence(refusal);
    const auto wait = refusal.kind == edge::QuotaKind::Rate ? refusal.wait : wire::kRetryAfter;
    return sendFailure(request, {Code::RateLimited, std::string(limit)},
                       edge::makeRateLimitedPage(sentence, wait, request.page()));
}

Task<bool> VisitorSession::sendLateRequest(VisitorRequest &request)
{
    return sendFailure(request, {Code::Timeout, "the head of the request did not arrive in time"},
                       edge::makeLateRequestPage(request.page()));
}

Task<bool> VisitorSession::sendReconnecting(VisitorRequest &request)
{
    return sendFailure(request, {Code::ConnectionLost, "every link of the tunnel drains or closes"},
                       edge::makeReconnectingPage(request.page()));
}

Task<bool> VisitorSession::sendFailure(VisitorRequest &request, wire::Error error, edge::Page page)
{
    if (request.head.remoteAddress.empty()) // it was not passed on
        request.head.remoteAddress = clientAddress(request.head);
    recordRequest(m_context, request, page.head.status, 0, &error);
    co_return co_await sendPage(request, std::move(page));
}

} // namespace relay
