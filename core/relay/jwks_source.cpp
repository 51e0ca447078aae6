#include "relay/jwks_source.h"

#include "wire/limits.h"

namespace relay {

using std::chrono::steady_clock;

JwksSource::JwksSource(Executor executor, Log &log, edge::HttpUrl url, std::chrono::milliseconds refresh)
    : m_executor(executor), m_log(log), m_url(std::move(url)), m_refresh(refresh), m_next(executor), m_fetched(executor)
{
}

Task<> JwksSource::run()
{
    for (;;) {
        co_await fetch();
        const std::chrono::milliseconds retry = wire::kJwksRetry;
        m_next.expires_after(m_failed ? std::min(m_refresh, retry) : m_refresh);
        co_await m_next.async_wait(kAwaitTuple); // or until somebody asks for it
    }
}

Task<bool> JwksSource::refresh()
{
    const bool recent = m_began != SteadyTime{} && steady_clock::now() - m_began < wire::kJwksMinAge;
    if (!m_fetching && recent)
        co_return !m_keys.empty();
    if (m_waiting >= wire::kMaxJwksWaiters)
        co_return false;
    if (m_waiting == 0)
        m_fetched.expires_after(wire::kJwksFetchTimeout);
    ++m_waiting;
    m_next.cancel();
    co_await m_fetched.async_wait(kAwaitTuple);
    --m_waiting;
    co_return !m_keys.empty();
}

Task<> JwksSource::fetch()
{
    m_fetching = true;
    m_began = steady_clock::now();
    const auto answer = co_await httpGet(m_executor, m_url, wire::kJwksFetchTimeout, wire::kMaxJwksBytes);
    m_fetching = false;
    take(answer);
    m_fetched.cancel();
}

void JwksSource::take(const wire::Result<std::string> &answer)
{
    auto keys = answer ? edge::JwtKeys::parse(*answer, edge::JwkMaterial::Public) : std::unexpected(answer.error());
    m_failed = !keys;
    if (m_failed) {
        m_log.error("jwks_fetch_failed",
                    {{"host", m_url.authority}, {"reason", keys.error().message}, {"keys_kept", m_keys.size()}});
        return;
    }
    for (const auto &skipped : keys->skipped())
        m_log.warn("jwks_key_skipped", {{"host", m_url.authority}, {"reason", skipped}});
    m_log.info("jwks_fetched", {{"host", m_url.authority}, {"keys", keys->size()}});
    m_keys = std::move(*keys);
    if (changed)
        changed();
}

} // namespace relay
