// The key set of an issuer elsewhere: fetched at the start, again every so often, and once more when a token names a key
// that is not in it. A fetch that fails keeps the keys there are and is logged. Owned by ClientAccess; relay thread only.
#pragma once

#include "edge/jwt_keys.h"
#include "relay/http_get.h"
#include "relay/log.h"

#include <chrono>
#include <functional>

namespace relay {

class JwksSource {
public:
    JwksSource(Executor executor, Log &log, edge::HttpUrl url, std::chrono::milliseconds refresh);
    JwksSource(const JwksSource &) = delete;
    JwksSource &operator=(const JwksSource &) = delete;

    std::function<void()> changed; // there are other keys

    [[nodiscard]] const edge::JwtKeys &keys() const noexcept { return m_keys; }
    // Fetches for ever.
    [[nodiscard]] Task<> run();
    // Asks for the keys anew and waits for them, kJwksFetchTimeout at most; returns at once when the last fetch began less
    // than kJwksMinAge ago and is over. Whoever sends made-up ids causes no more than that. False when there is nothing to
    // judge a token by yet: no fetch has succeeded, or kMaxJwksWaiters wait already.
    [[nodiscard]] Task<bool> refresh();

private:
    [[nodiscard]] Task<> fetch();
    void take(const wire::Result<std::string> &answer);

    Executor m_executor;
    Log &m_log;
    const edge::HttpUrl m_url;
    const std::chrono::milliseconds m_refresh;
    edge::JwtKeys m_keys;
    Timer m_next; // the end of the pause between two fetches; cancelled, it is over
    Timer m_fetched; // its end wakes all who wait for a fetch
    SteadyTime m_began{};
    std::size_t m_waiting = 0;
    bool m_fetching = false;
    bool m_failed = false;
};

} // namespace relay
