// Where gateway::Live comes from: values of the environment (tests) and of the Parameter Store, read by one call, kept for
// kSettingsRefresh. What cannot be read or is wrong leaves what was before, and is logged. Owned by main; one thread.
#pragma once

#include "aws/parameters.h"
#include "gateway/live.h"
#include "gateway/log.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace stores {

// A value, or the parameter that holds it; both empty: there is none.
struct Setting {
    std::string value{};
    std::string parameter{};

    [[nodiscard]] bool given() const noexcept { return !value.empty() || !parameter.empty(); }
};

struct LiveSettings {
    Setting config; // TOML
    Setting replyKey;
    Setting jwtSecret;
    Setting jwks;
    edge::JwtRules jwtRules;
};

class LiveSource {
public:
    LiveSource(LiveSettings settings, aws::Parameters &parameters, std::function<gateway::Time()> clock,
               gateway::Log &log)
        : m_settings(std::move(settings)), m_parameters(parameters), m_clock(std::move(clock)), m_log(log)
    {
    }

    // Fails only as long as nothing was ever read.
    [[nodiscard]] wire::Result<const gateway::Live *> get(gateway::Time deadline);

private:
    using Values = std::map<std::string, std::string>;

    wire::Result<gateway::Live> read(gateway::Time deadline);
    wire::Result<Values> fetch(gateway::Time deadline);
    [[nodiscard]] static std::string valueOf(const Setting &setting, const Values &fetched);
    wire::Result<edge::JwtKeys> jwtKeys(const Values &fetched);

    LiveSettings m_settings;
    aws::Parameters &m_parameters;
    std::function<gateway::Time()> m_clock;
    gateway::Log &m_log;
    std::optional<gateway::Live> m_live;
    gateway::Time m_readAt{};
};

} // namespace stores
