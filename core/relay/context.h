// What the relay's sessions share. Owned by Server, which outlives them; relay thread only.
#pragma once

#include "edge/address_count.h"
#include "edge/route.h"
#include "relay/audit_log.h"
#include "relay/client_access.h"
#include "relay/config.h"
#include "relay/deadlines.h"
#include "relay/jwks_source.h"
#include "relay/log.h"
#include "relay/metrics.h"
#include "relay/quotas.h"
#include "relay/refusals.h"
#include "relay/task_group.h"
#include "relay/tunnel_registry.h"

#include <optional>
#include <set>
#include <string>

namespace relay {

class ClientSession;
class VisitorSession;

struct Context {
    Context(asio::io_context &io, Config settings, ClientAccess admitted, Log &logger, NameReservations reserved = {})
        : executor(io.get_executor()),
          config(std::move(settings)),
          access(std::move(admitted)),
          rules(routeRules(config)),
          log(logger),
          refusals(logger, metrics),
          quotas(config.limits),
          addresses(config.limits.maxConnectionsPerAddress),
          names(std::move(reserved)),
          registry({config.timeouts.nameGrace, config.limits.maxLinksPerTunnel, config.limits.maxTunnelsPerToken,
                    &names, overlooking(), reserving()}),
          tasks(io, logger)
    {
        if (const auto url = edge::parseHttpUrl(config.auth.jwksUrl)) {
            jwks.emplace(executor, log, *url, config.auth.jwksRefresh);
            jwks->changed = [this] {
                access.setFetchedKeys(jwks->keys());
                audit.record({.event = AuditEvent::KeysRead, .file = config.auth.jwksUrl});
            };
        }
    }

    // Who opens a tunnel with this token, now: see ClientAccess::admit(). `client` is where the token came from.
    [[nodiscard]] wire::Result<Grant> admit(std::string_view token, std::string_view client)
    {
        auto grant = access.admit(token, wallClock());
        if (grant || !config.auth.grace)
            return grant;
        log.warn("token_would_be_refused", {{"client", client}, {"reason", grant.error().message}});
        audit.record({.event = AuditEvent::WouldBeRefused,
                      .client = client,
                      .code = wire::codeName(grant.error().code),
                      .reason = grant.error().message});
        return Grant{};
    }
    // The same, once the keys of today are here. ConnectionLost when there are none to judge by: worth another try.
    [[nodiscard]] Task<wire::Result<Grant>> admitSoon(wire::Secret token, std::string client)
    {
        bool judged = true;
        if (jwks && access.missesKeyOf(token.reveal()))
            judged = co_await jwks->refresh();
        auto grant = admit(token.reveal(), client);
        if (!grant && !judged)
            grant = wire::fail(wire::Code::ConnectionLost, "this relay could not get the keys of tokens yet");
        co_return grant;
    }
    [[nodiscard]] static edge::JwtTime wallClock()
    {
        return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    }
    [[nodiscard]] std::function<void(const wire::Error &)> overlooking()
    {
        if (!config.auth.grace)
            return {};
        return [this](const wire::Error &error) {
            log.warn("tunnel_would_be_refused", {{"code", wire::codeName(error.code)}, {"reason", error.message}});
        };
    }

    [[nodiscard]] std::function<void(const std::string &, const std::string &)> reserving()
    {
        return [this](const std::string &name, const std::string &identity) {
            audit.record({.event = AuditEvent::NameReserved, .identity = identity, .tunnel = name});
        };
    }

    Executor executor;
    const Config config;
    ClientAccess access;
    const edge::RouteRules rules;
    Log &log;
    AuditLog audit; // off until the server opens it
    Metrics metrics;
    Refusals refusals;
    Quotas quotas;
    edge::AddressCount addresses; // of visitors' connections
    Deadlines deadlines;
    std::optional<JwksSource> jwks;
    NameReservations names;
    TunnelRegistry registry;
    TaskGroup tasks;
    std::uint16_t port = 0; // as bound
    bool draining = false; // no new work: finish what is in flight

    std::size_t waitingLinks = 0; // whose tokens are not accepted: they count with the visitors' connections

    // Borrowed while each lives, so that a drain reaches them.
    std::set<VisitorSession *> visitors;
    std::set<ClientSession *> clients;
};

} // namespace relay
