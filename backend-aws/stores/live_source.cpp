#include "stores/live_source.h"

#include "stores/store_error.h"
#include "wire/limits.h"

#include <fmt/format.h>

namespace stores {

using gateway::Live;
using gateway::Time;
using wire::Result;

namespace {

// So that the error says where the value is.
template <class T>
Result<T> naming(const Setting &setting, std::string_view what, Result<T> result)
{
    if (result)
        return result;
    const auto &place = setting.parameter.empty() ? std::string(what) : setting.parameter;
    return wire::fail(result.error().code, fmt::format("{}: {}", place, result.error().message));
}

} // namespace

std::string LiveSource::valueOf(const Setting &setting, const Values &fetched)
{
    if (!setting.value.empty() || setting.parameter.empty())
        return setting.value;
    return fetched.at(setting.parameter);
}

Result<LiveSource::Values> LiveSource::fetch(Time deadline)
{
    std::vector<std::string> names;
    for (const auto *setting : {&m_settings.config, &m_settings.replyKey, &m_settings.jwtSecret, &m_settings.jwks}) {
        if (setting->value.empty() && !setting->parameter.empty())
            names.push_back(setting->parameter);
    }
    if (names.empty())
        return Values();
    auto values = m_parameters.get(names, deadline);
    if (!values)
        return failed(values.error());
    return std::move(*values);
}

Result<edge::JwtKeys> LiveSource::jwtKeys(const Values &fetched)
{
    edge::JwtKeys keys;
    if (m_settings.jwtSecret.given()) {
        auto secret = valueOf(m_settings.jwtSecret, fetched);
        while (secret.ends_with('\n') || secret.ends_with('\r'))
            secret.pop_back();
        auto key = naming(m_settings.jwtSecret, "TUNNEL_JWT_SECRET", edge::JwtKey::fromSecret(std::move(secret)));
        if (!key)
            return std::unexpected(std::move(key.error()));
        keys.add(std::move(*key));
    }
    if (m_settings.jwks.given()) {
        auto set = naming(m_settings.jwks, "TUNNEL_JWKS",
                          edge::JwtKeys::parse(valueOf(m_settings.jwks, fetched), edge::JwkMaterial::Public));
        if (!set)
            return std::unexpected(std::move(set.error()));
        for (const auto &skipped : set->skipped())
            m_log.warn("jwks_entry_skipped", {{"reason", skipped}});
        keys.add(*set);
    }
    return keys;
}

Result<Live> LiveSource::read(Time deadline)
{
    const auto fetched = fetch(deadline);
    if (!fetched)
        return std::unexpected(fetched.error());
    const auto &place =
        m_settings.config.parameter.empty() ? std::string("TUNNEL_CONFIG") : m_settings.config.parameter;
    auto settings = gateway::parseSettings(valueOf(m_settings.config, *fetched), place);
    if (!settings)
        return std::unexpected(std::move(settings.error()));
    auto replyKeys = naming(m_settings.replyKey, "TUNNEL_REPLY_KEY",
                            gateway::ReplyKeys::parse(valueOf(m_settings.replyKey, *fetched)));
    if (!replyKeys)
        return std::unexpected(std::move(replyKeys.error()));
    auto keys = jwtKeys(*fetched);
    if (!keys)
        return std::unexpected(std::move(keys.error()));
    return Live{*settings, std::move(*replyKeys), std::move(*keys), m_settings.jwtRules};
}

Result<const Live *> LiveSource::get(Time deadline)
{
    const auto now = m_clock();
    if (m_live && now - m_readAt < wire::kSettingsRefresh && now >= m_readAt)
        return &*m_live;
    auto live = read(deadline);
    if (!live && !m_live) {
        m_log.error("settings_refused", {{"reason", live.error().message}});
        return std::unexpected(std::move(live.error()));
    }
    m_readAt = now;
    if (live)
        m_live = std::move(*live);
    else
        m_log.error("settings_kept", {{"reason", live.error().message}});
    m_log.configure(m_live->settings.observability);
    return &*m_live;
}

} // namespace stores
