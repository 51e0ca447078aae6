#include "stores/fetched_keys.h"

#include "wire/limits.h"

#include <fmt/format.h>

#include <algorithm>

namespace stores {

using gateway::Time;
using wire::Code;
using wire::Result;

namespace {

constexpr unsigned kOk = 200;

} // namespace

Result<edge::JwtKeys> FetchedKeys::fetch(Time deadline)
{
    const transport::Request request{
        .method = "GET",
        .target = m_target,
        .headers = {{"Accept", "application/jwk-set+json, application/json"}, {"User-Agent", "http-tunnel"}},
        .body = {}};
    const auto answer = m_fetch(request, std::min(deadline, m_clock() + wire::kJwksFetchTimeout));
    if (!answer)
        return wire::fail(Code::InternalError, "the issuer's key set: " + answer.error().message);
    if (answer->status != kOk)
        return wire::fail(Code::InternalError, fmt::format("the issuer's key set: status {}", answer->status));
    return edge::JwtKeys::parse(answer->body, edge::JwkMaterial::Public);
}

Result<edge::JwtKeys> FetchedKeys::keys(bool renew, Time deadline)
{
    const auto now = m_clock();
    const bool old = m_keys.empty() || now - m_gotAt >= wire::kJwksRefresh;
    const bool early = m_askedAt != Time{} && now - m_askedAt < wire::kJwksMinAge;
    if ((!old && !renew) || early) {
        if (m_keys.empty())
            return wire::fail(Code::InternalError, "the issuer's key set could not be fetched a moment ago");
        return m_keys;
    }
    m_askedAt = now;
    auto fetched = fetch(deadline);
    if (!fetched) {
        m_log.warn("jwks_fetch_failed", {{"reason", fetched.error().message}});
        if (m_keys.empty())
            return fetched;
        return m_keys;
    }
    for (const auto &skipped : fetched->skipped())
        m_log.warn("jwks_entry_skipped", {{"reason", skipped}});
    m_gotAt = now;
    m_keys = std::move(*fetched);
    return m_keys;
}

} // namespace stores
