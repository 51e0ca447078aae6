#include "fleet.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>

namespace load {

namespace {

using namespace std::chrono_literals;
using relay::kAwaitTuple;
using relay::Task;
using std::chrono::milliseconds;

constexpr milliseconds kPollInterval{10};
constexpr milliseconds kAtOnceRetry{1000};
constexpr milliseconds kPingTick{10};

} // namespace

Fleet::Fleet(relay::Executor executor, boost::asio::ip::tcp::endpoint relay) : m_executor(executor)
{
    m_state.relay = std::move(relay);
    configure({});
}

void Fleet::configure(const FleetSettings &settings)
{
    m_state.bodyBytes = settings.bodyBytes;
    m_state.byName = settings.byName;
    if (settings.comeback == Comeback::AtOnce)
        m_state.retryDelay = [](unsigned) { return kAtOnceRetry; };
    else
        m_state.retryDelay = [this](unsigned attempt) { return backoff(attempt); };
}

// core/client/retry_delay.h does the same, but that folder needs Qt.
milliseconds Fleet::backoff(unsigned attempt)
{
    const auto longest = std::min(wire::kRetryCapInGrace, wire::kRetryBase * (1 << std::min(attempt - 1, 10u)));
    return milliseconds(std::uniform_int_distribution<long>(0, longest.count())(m_random));
}

Task<> Fleet::start(FleetPlan plan)
{
    const auto perSecond = plan.seconds > 0 ? static_cast<double>(plan.count) / plan.seconds : 1e9;
    Schedule schedule(std::chrono::steady_clock::now(), perSecond, plan.count);
    relay::Timer timer(m_executor);
    SteadyTime due;
    while (!schedule.done() && !m_closed) {
        while (schedule.take(std::chrono::steady_clock::now(), due)) {
            auto name = plan.prefix + std::to_string(m_clients.size());
            m_clients.push_back(std::make_shared<TunnelClient>(m_executor, m_state, std::move(name)));
            boost::asio::co_spawn(m_executor, TunnelClient::run(m_clients.back(), due), boost::asio::detached);
        }
        timer.expires_after(1ms);
        co_await timer.async_wait(kAwaitTuple);
    }
}

Task<bool> Fleet::await(std::size_t online, std::uint64_t lost, milliseconds most)
{
    const auto end = std::chrono::steady_clock::now() + most;
    relay::Timer timer(m_executor);
    while ((m_state.online != online || m_state.lost < lost) && std::chrono::steady_clock::now() < end) {
        timer.expires_after(kPollInterval);
        co_await timer.async_wait(kAwaitTuple);
    }
    co_return m_state.online == online &&m_state.lost >= lost;
}

Task<> Fleet::keepAlive()
{
    relay::Timer timer(m_executor);
    double owed = 0;
    while (!m_closed) {
        timer.expires_after(kPingTick);
        co_await timer.async_wait(kAwaitTuple);
        owed += static_cast<double>(m_clients.size()) *
                (std::chrono::duration<double>(kPingTick) / std::chrono::duration<double>(wire::kPingInterval));
        for (; owed >= 1; owed -= 1)
            TunnelClient::ping(m_clients[m_nextPing++ % m_clients.size()]);
    }
}

Task<> Fleet::churn(double perSecond, std::uint64_t count)
{
    Schedule schedule(std::chrono::steady_clock::now(), perSecond, count);
    relay::Timer timer(m_executor);
    SteadyTime due;
    while (!schedule.done() && !m_closed) {
        while (schedule.take(std::chrono::steady_clock::now(), due))
            m_clients[m_nextDrop++ % m_clients.size()]->drop();
        timer.expires_after(kPollInterval);
        co_await timer.async_wait(kAwaitTuple);
    }
}

void Fleet::forget()
{
    m_state.lost = 0;
    m_state.establishment.clear();
    m_state.failures = {};
}

void Fleet::close() noexcept
{
    m_closed = true;
    for (const auto &client : m_clients)
        client->close();
}

} // namespace load
