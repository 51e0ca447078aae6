// What the relay's sessions share. Owned by Server, which outlives them; relay thread only.
#pragma once

#include "edge/route.h"
#include "relay/client_access.h"
#include "relay/config.h"
#include "relay/deadlines.h"
#include "relay/log.h"
#include "relay/metrics.h"
#include "relay/task_group.h"
#include "relay/tunnel_registry.h"

#include <set>

namespace relay {

class ClientSession;
class VisitorSession;

struct Context {
    Context(asio::io_context &io, Config settings, ClientAccess admitted, Log &logger)
        : executor(io.get_executor()),
          config(std::move(settings)),
          access(std::move(admitted)),
          rules(routeRules(config)),
          log(logger),
          registry({config.timeouts.nameGrace, config.limits.maxLinksPerTunnel}),
          tasks(io, logger)
    {
    }

    // Who opens a tunnel with this token, now: see ClientAccess::admit().
    [[nodiscard]] wire::Result<std::string> admit(std::string_view token) const
    {
        return access.admit(token, std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    }

    Executor executor;
    const Config config;
    const ClientAccess access;
    const edge::RouteRules rules;
    Log &log;
    Metrics metrics;
    Deadlines deadlines;
    TunnelRegistry registry;
    TaskGroup tasks;
    std::uint16_t port = 0; // as bound
    bool draining = false;  // no new work: finish what is in flight

    // Borrowed while each lives, so that a drain reaches them.
    std::set<VisitorSession *> visitors;
    std::set<ClientSession *> clients;
};

} // namespace relay
