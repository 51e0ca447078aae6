// Visitors that send requests at a given rate whatever becomes of earlier ones, over a fixed number of keep-alive
// connections. A request that finds no free connection waits, and its latency counts from when it was due, so that no
// stall is omitted. Owned by the command that runs it; generator's thread only.
#pragma once

#include "histogram.h"
#include "tally.h"
#include "visitor.h"

#include <deque>
#include <functional>
#include <vector>

namespace load {

struct CrowdPlan {
    double perSecond = 0;
    double seconds = 0;
    std::size_t connections = 0;
    VisitPlan visit;
    std::function<std::string(std::uint64_t)> hostOf; // of the n-th request
    std::chrono::milliseconds every{0};              // between interim figures; 0 for none
};

struct CrowdFigures {
    Histogram latency; // of requests that succeeded
    Histogram lag;     // from due to handed to a connection: the generator's own part
    Tally failures;

    void add(const CrowdFigures &other)
    {
        latency.add(other.latency);
        lag.add(other.lag);
        failures.add(other.failures);
    }
};

class Crowd final : private VisitSink {
public:
    Crowd(relay::Executor executor, const boost::asio::ip::tcp::endpoint &relay, CrowdPlan plan);
    ~Crowd() override;

    // Runs the plan and waits for the last answers. `interim` gets what happened since it was called last.
    [[nodiscard]] relay::Task<CrowdFigures> run(std::function<void(const CrowdFigures &)> interim);

private:
    void done(Visitor &visitor, const Visit &visit, const std::string &failure) override;
    void give(Visitor &visitor, Visit visit);
    void dispatch(SteadyTime due);
    void tick(SteadyTime now, const std::function<void(const CrowdFigures &)> &interim);
    void closeInterval(const std::function<void(const CrowdFigures &)> &interim);
    [[nodiscard]] std::size_t underWay() const noexcept { return m_visitors.size() - m_free.size(); }

    relay::Executor m_executor;
    const CrowdPlan m_plan;
    std::vector<std::shared_ptr<Visitor>> m_visitors;
    std::vector<Visitor *> m_free;
    std::deque<Visit> m_waiting;
    std::uint64_t m_sent = 0;
    CrowdFigures m_interval;
    CrowdFigures m_total;
    SteadyTime m_nextInterim{};
    SteadyTime m_nextSweep{};
};

} // namespace load
