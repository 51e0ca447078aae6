#include "crowd.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>

namespace load {

namespace {

using namespace std::chrono_literals;
using relay::kAwaitTuple;
using relay::Task;

constexpr auto kTick = 250us;
constexpr auto kSweepInterval = 1s;
constexpr auto kVisitTimeout = 20s;     // above any latency that is still a result
constexpr std::size_t kMaxWaiting = 200'000; // requests without a connection: beyond it the run has failed anyway

} // namespace

Crowd::Crowd(relay::Executor executor, const boost::asio::ip::tcp::endpoint &relay, CrowdPlan plan)
    : m_executor(executor), m_plan(std::move(plan))
{
    for (std::size_t i = 0; i < m_plan.connections; ++i) {
        m_visitors.push_back(std::make_shared<Visitor>(executor, relay, m_plan.visit));
        m_free.push_back(m_visitors.back().get());
        boost::asio::co_spawn(executor, Visitor::run(m_visitors.back(), *this), boost::asio::detached);
    }
}

Crowd::~Crowd()
{
    for (const auto &visitor : m_visitors)
        visitor->stop();
}

Task<CrowdFigures> Crowd::run(std::function<void(const CrowdFigures &)> interim)
{
    const auto start = std::chrono::steady_clock::now();
    m_nextInterim = start + m_plan.every;
    m_nextSweep = start + kSweepInterval;
    Schedule schedule(start, m_plan.perSecond, static_cast<std::uint64_t>(m_plan.perSecond * m_plan.seconds));
    relay::Timer timer(m_executor);
    SteadyTime due;
    while (!schedule.done() || underWay() > 0 || !m_waiting.empty()) {
        const auto now = std::chrono::steady_clock::now();
        while (schedule.take(now, due))
            dispatch(due);
        tick(now, interim);
        timer.expires_after(kTick);
        co_await timer.async_wait(kAwaitTuple);
    }
    closeInterval(interim);
    co_return m_total;
}

void Crowd::dispatch(SteadyTime due)
{
    Visit visit{due, m_plan.hostOf(m_sent++)};
    if (!m_free.empty()) {
        auto *visitor = m_free.back();
        m_free.pop_back();
        give(*visitor, std::move(visit));
    } else if (m_waiting.size() < kMaxWaiting) {
        m_waiting.push_back(std::move(visit));
    } else {
        m_interval.failures.count("too many requests wait for a connection");
    }
}

void Crowd::give(Visitor &visitor, Visit visit)
{
    m_interval.lag.record(std::chrono::steady_clock::now() - visit.due);
    visitor.give(std::move(visit));
}

void Crowd::done(Visitor &visitor, const Visit &visit, const std::string &failure)
{
    if (failure.empty())
        m_interval.latency.record(std::chrono::steady_clock::now() - visit.due);
    else
        m_interval.failures.count(failure);
    if (m_waiting.empty()) {
        m_free.push_back(&visitor);
        return;
    }
    give(visitor, std::move(m_waiting.front()));
    m_waiting.pop_front();
}

void Crowd::tick(SteadyTime now, const std::function<void(const CrowdFigures &)> &interim)
{
    if (now >= m_nextSweep) {
        m_nextSweep = now + kSweepInterval;
        for (const auto &visitor : m_visitors) {
            if (visitor->busySince(now - kVisitTimeout))
                visitor->abort("timeout");
        }
    }
    if (m_plan.every > 0ms && now >= m_nextInterim) {
        m_nextInterim += m_plan.every;
        closeInterval(interim);
    }
}

void Crowd::closeInterval(const std::function<void(const CrowdFigures &)> &interim)
{
    if (m_plan.every > 0ms)
        interim(m_interval);
    m_total.add(m_interval);
    m_interval = {};
}

} // namespace load
