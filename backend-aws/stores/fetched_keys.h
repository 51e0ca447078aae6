// The key set of an issuer elsewhere, fetched when a token needs it. Anybody can send made-up key ids: they cause a fetch every
// kJwksMinAge at most. A fetch that fails keeps the keys there are. Owned by main; one thread.
#pragma once

#include "gateway/log.h"
#include "gateway/ports.h"
#include "transport/http_client.h"

#include <functional>

namespace stores {

class FetchedKeys final : public gateway::IssuerKeys {
public:
    using Fetch = std::function<wire::Result<transport::Answer>(const transport::Request &, gateway::Time deadline)>;

    // `target`: path and query of the set.
    FetchedKeys(Fetch fetch, std::string target, std::function<gateway::Time()> clock, gateway::Log &log)
        : m_fetch(std::move(fetch)), m_target(std::move(target)), m_clock(std::move(clock)), m_log(log)
    {
    }

    [[nodiscard]] wire::Result<edge::JwtKeys> keys(bool renew, gateway::Time deadline) override;

private:
    wire::Result<edge::JwtKeys> fetch(gateway::Time deadline);

    Fetch m_fetch;
    std::string m_target;
    std::function<gateway::Time()> m_clock;
    gateway::Log &m_log;
    edge::JwtKeys m_keys;
    gateway::Time m_askedAt{};
    gateway::Time m_gotAt{};
};

} // namespace stores
