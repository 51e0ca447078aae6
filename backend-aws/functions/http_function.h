// The function behind the HTTP API: a visitor's request in, the tunnel's response out. One request at a time; blocking. Owned by
// main.
#pragma once

#include "edge/error_page.h"
#include "events/event.h"
#include "functions/rate_gate.h"
#include "functions/tunnel_lookup.h"
#include "functions/tunnel_request.h"
#include "gateway/live.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace functions {

struct HttpPorts {
    gateway::NameStore &names;
    gateway::LinkStore &links;
    gateway::LinkSender &sender;
    gateway::ReplyChannel &replies;
    gateway::ReplySender &notices; // to other environments
    gateway::RateStore &rates;
};

class HttpFunction {
public:
    HttpFunction(World &world, HttpPorts ports)
        : m_world(world),
          m_ports(ports),
          m_lookup(world, ports.names, ports.links, ports.notices),
          m_gate(world, ports.rates)
    {
    }

    // What Lambda answers, as JSON. Never fails: what goes wrong becomes a page.
    [[nodiscard]] std::string handle(events::HttpEvent event, Time deadline, const gateway::Live &live);
    // The visitor has its answer: what can wait until then.
    void afterAnswer(Time deadline)
    {
        m_lookup.tellWaiters(deadline - wire::kAnswerMargin); // first: others wait for it
        m_ports.replies.settle(deadline);
    }

private:
    // A request under way. `page` borrows from the other members.
    struct Visit {
        wire::RequestHead head; // as sent on, from forward() on
        std::string body; // until it is sent on
        std::size_t bodyBytes = 0;
        std::string method;
        std::string accept;
        std::string origin;
        std::string tunnel;
        Time started{};
        Time deadline{};

        [[nodiscard]] edge::PageRequest page() const noexcept { return {method, accept, origin, head.requestId}; }
    };
    struct Response {
        wire::ResponseHead head;
        std::string body;
        std::optional<wire::Error> failure{}; // for the log
    };

    Response answer(Visit &visit, std::string_view domain, const gateway::Live &live);
    Response answerTunnel(Visit &visit, const edge::Route &route, const gateway::Live &live);
    Response offline(const Visit &visit);
    Response exchange(Visit &visit, std::vector<std::string> links, const gateway::Live &live);
    std::expected<TunnelAnswer, TunnelFailure> ask(const Visit &visit, wire::HttpRequest &request,
                                                   std::vector<std::string> links, const gateway::Live &live);
    Response checked(const Visit &visit, TunnelAnswer answer);
    Response error(const Visit &visit, wire::Error failure, std::string_view sentence = {});
    std::string written(const Visit &visit, Response response);
    void record(const Visit &visit, unsigned status, std::size_t bytes, const std::optional<wire::Error> &failure);

    World &m_world;
    HttpPorts m_ports;
    TunnelLookup m_lookup;
    RateGate m_gate;
};

} // namespace functions
