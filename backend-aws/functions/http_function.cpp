#include "functions/http_function.h"

#include "edge/exchange.h"
#include "edge/forwarded_headers.h"
#include "events/answers.h"
#include "gateway/metrics.h"
#include "wire/ids.h"
#include "wire/limits.h"

#include <fmt/format.h>

#include <algorithm>

namespace functions {

using wire::Code;

namespace {

wire::HttpRequest messageOf(const wire::RequestHead &head, std::string body, Time now)
{
    wire::HttpRequest request;
    request.requestId = head.requestId;
    request.method = head.method;
    request.uri = head.uri;
    request.headers = head.headers;
    request.body = std::move(body);
    request.timestampMs = static_cast<std::uint64_t>(now.time_since_epoch().count());
    return request;
}

// Hop-by-hop fields first: a visitor's Connection field must not name what is added.
void forward(wire::RequestHead &head, const edge::Route &route)
{
    head.uri = route.uri;
    wire::removeHopByHop(head.headers);
    const auto peer = head.remoteAddress;
    edge::applyForwarded(
        head,
        {.peerAddress = peer, .peerTrusted = false, .trustedProxies = {}, .scheme = "https", .prefix = route.prefix});
}

std::uint64_t maxBodyOf(const gateway::Reservation &reservation)
{
    const std::uint64_t most = wire::kLambdaBodyBytes;
    return reservation.maxBody > 0 ? std::min(most, reservation.maxBody) : most;
}

std::string tooLarge(std::string_view what, std::uint64_t limit)
{
    return fmt::format("The {} is larger than this tunnel takes: {} bytes.", what, limit);
}

} // namespace

HttpFunction::Response HttpFunction::error(const Visit &visit, wire::Error failure, std::string_view sentence)
{
    auto page = edge::makeErrorPage(failure.code, sentence, visit.page());
    return {std::move(page.head), std::move(page.body), std::move(failure)};
}

std::string HttpFunction::handle(events::HttpEvent event, Time deadline, const gateway::Live &live)
{
    Visit visit;
    visit.started = m_world.clock();
    visit.deadline = std::min(deadline - wire::kAnswerMargin, visit.started + live.settings.tunnel.requestTimeout);
    visit.head = std::move(event.head);
    visit.head.requestId = wire::drawRequestId();
    visit.body = std::move(event.body);
    visit.bodyBytes = visit.body.size();
    visit.method = visit.head.method;
    visit.accept = wire::findHeader(visit.head.headers, "accept").value_or("");
    visit.origin = wire::findHeader(visit.head.headers, "origin").value_or("");
    auto response = answer(visit, event.domain, live);
    return written(visit, std::move(response));
}

HttpFunction::Response HttpFunction::answer(Visit &visit, std::string_view domain, const gateway::Live &live)
{
    const auto host = wire::findHeader(visit.head.headers, "host").value_or(domain);
    const auto route = m_world.surface.route(host, domain, visit.head.uri, live.settings.features);
    const auto pageOf = [](edge::Page page) { return Response{std::move(page.head), std::move(page.body)}; };
    switch (route.kind) {
    case edge::RouteKind::Tunnel: return answerTunnel(visit, route, live);
    case edge::RouteKind::Connect:
        return error(visit, {Code::InvalidRequest, "a tunnel client at the visitors' address"},
                     "Tunnel clients connect to the WebSocket address of this server, not here.");
    case edge::RouteKind::Redirect: return pageOf(edge::makeRedirect(route.location, visit.page()));
    case edge::RouteKind::Landing: return pageOf(edge::makeLandingPage(visit.page()));
    case edge::RouteKind::Unknown: break;
    }
    return error(visit, route.error, route.error.message);
}

HttpFunction::Response HttpFunction::answerTunnel(Visit &visit, const edge::Route &route, const gateway::Live &live)
{
    visit.tunnel = route.name;
    auto found = m_lookup.find(route.name, live.settings.performance.caching, visit.deadline);
    if (!found)
        return error(visit, std::move(found.error()));
    if (!*found)
        return error(visit, {Code::TunnelNotFound, "no such tunnel"}, "There is no tunnel of this name here.");
    if ((*found)->links.empty())
        return offline(visit);
    if (!m_gate.allows(**found, live.settings.security, visit.deadline))
        return error(visit, {Code::RateLimited, "over the tunnel's limit of requests a minute"},
                     "This tunnel gets more requests a minute than it may.");
    if (const auto most = maxBodyOf(**found); visit.body.size() > most)
        return error(visit, {Code::PayloadTooLarge, "the request body is over the limit"},
                     tooLarge("request's body", most));
    forward(visit.head, route);
    if (auto fits = wire::checkHead(visit.head); !fits)
        return error(visit, std::move(fits.error()));
    return exchange(visit, std::move((*found)->links), live);
}

HttpFunction::Response HttpFunction::offline(const Visit &visit)
{
    return error(visit, {Code::TunnelNotFound, "the tunnel is offline"},
                 "This tunnel is offline. Its owner may be back in a moment.");
}

// What was remembered of the links may be out of date: when none of them is left, they are looked up once more.
HttpFunction::Response HttpFunction::exchange(Visit &visit, std::vector<std::string> links, const gateway::Live &live)
{
    auto request = messageOf(visit.head, std::move(visit.body), m_world.clock());
    auto answered = ask(visit, request, std::move(links), live);
    if (!answered && answered.error().linkGone && !answered.error().sent) {
        auto again = m_lookup.find(visit.tunnel, false, visit.deadline);
        if (!again)
            return error(visit, std::move(again.error()));
        if (!*again || (*again)->links.empty())
            return offline(visit);
        answered = ask(visit, request, std::move((*again)->links), live);
    }
    if (answered)
        return checked(visit, std::move(*answered));
    auto &failure = answered.error();
    if (failure.linkGone && !failure.sent)
        return offline(visit);
    const bool large = failure.error.code == Code::PayloadTooLarge;
    return error(visit, std::move(failure.error),
                 large ? tooLarge("request or response", wire::kLambdaBodyBytes) : std::string());
}

// A link of which nothing went out is gone for good: the next one gets the request.
std::expected<TunnelAnswer, TunnelFailure> HttpFunction::ask(const Visit &visit, wire::HttpRequest &request,
                                                             std::vector<std::string> links, const gateway::Live &live)
{
    const auto first = static_cast<std::size_t>(visit.started.time_since_epoch().count()) % links.size();
    std::ranges::rotate(links, links.begin() + static_cast<std::ptrdiff_t>(first));
    TunnelRequest tunnel(m_world, {m_ports.links, m_ports.sender, m_ports.replies, m_lookup.memory()}, live);
    TunnelFailure failure;
    for (const auto &link : links) {
        auto answered = tunnel.run(request, link, visit.deadline);
        if (answered)
            return answered;
        failure = std::move(answered.error());
        if (failure.linkGone)
            m_lookup.drop(visit.tunnel, link, visit.deadline);
        if (failure.sent || !failure.linkGone)
            break;
    }
    return std::unexpected(std::move(failure));
}

// The relay's checks on what a client sends: order, Content-Length, no body where there is none.
HttpFunction::Response HttpFunction::checked(const Visit &visit, TunnelAnswer answer)
{
    wire::RequestHead asked;
    asked.method = visit.method;
    edge::Exchange exchange(asked, true);
    const auto plan = exchange.onResponseHead(answer.head);
    if (!plan)
        return error(visit, plan.error());
    if (!plan->final)
        return error(visit, {Code::ProtocolError, "an interim response"});
    if (const auto taken = exchange.onData(answer.body.size()); !taken)
        return error(visit, taken.error());
    if (const auto ended = exchange.onEnd({}); !ended)
        return error(visit, ended.error());
    return {std::move(answer.head), std::move(answer.body)};
}

std::string HttpFunction::written(const Visit &visit, Response response)
{
    auto json = events::httpAnswer(response.head, response.body, visit.method == "HEAD");
    if (!json) {
        response = error(visit, std::move(json.error()), tooLarge("response", wire::kLambdaBodyBytes));
        json = events::httpAnswer(response.head, response.body, visit.method == "HEAD");
    }
    record(visit, response.head.status, response.body.size(), response.failure);
    return *json;
}

void HttpFunction::record(const Visit &visit, unsigned status, std::size_t bytes,
                          const std::optional<wire::Error> &failure)
{
    const auto now = m_world.clock();
    const auto took = (now - visit.started).count();
    const auto path = std::string_view(visit.head.uri).substr(0, visit.head.uri.find('?'));
    if (failure)
        m_world.log.info("request_failed", {{"request_id", visit.head.requestId},
                                            {"tunnel", visit.tunnel},
                                            {"method", visit.method},
                                            {"path", path},
                                            {"status", status},
                                            {"duration_ms", took},
                                            {"code", wire::codeName(failure->code)},
                                            {"reason", failure->message}});
    else
        m_world.log.debug("request", {{"request_id", visit.head.requestId},
                                      {"tunnel", visit.tunnel},
                                      {"method", visit.method},
                                      {"path", path},
                                      {"status", status},
                                      {"duration_ms", took},
                                      {"bytes_in", visit.bodyBytes},
                                      {"bytes_out", bytes}});
    m_world.log.metrics(gateway::metricsLine(m_world.functionName, now,
                                             {{"Requests", "Count", 1},
                                              {"RequestErrors", "Count", failure ? 1.0 : 0.0},
                                              {"RequestLatency", "Milliseconds", static_cast<double>(took)},
                                              {"RequestBytes", "Bytes", static_cast<double>(visit.bodyBytes)},
                                              {"ResponseBytes", "Bytes", static_cast<double>(bytes)}}));
}

} // namespace functions
