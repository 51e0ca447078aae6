// One visitor's keep-alive connection to the relay: takes a request at a time, opens the connection again after one
// that broke and after as many requests as its plan says. Owned by its coroutine and its crowd; generator's thread only.
#pragma once

#include "http1/response_reader.h"
#include "relay/event.h"
#include "schedule.h"

#include <array>
#include <memory>
#include <optional>
#include <string>

namespace load {

struct VisitPlan {
    std::string path;
    std::size_t bodyBytes = 0; // what the answer must have
    std::size_t perConnection = 0; // requests before a new connection; 0 for any number
};

struct Visit {
    SteadyTime due; // latency counts from here
    std::string host;
};

// What its crowd wants of a visitor.
class VisitSink {
public:
    virtual ~VisitSink() = default;
    // The visit is over; `failure` is empty when the answer was whole and right. The visitor is free afterwards.
    virtual void done(class Visitor &visitor, const Visit &visit, const std::string &failure) = 0;
};

class Visitor {
public:
    Visitor(relay::Executor executor, boost::asio::ip::tcp::endpoint relay, const VisitPlan &plan);

    [[nodiscard]] static relay::Task<> run(std::shared_ptr<Visitor> self, VisitSink &sink);
    void give(Visit visit);
    // Ends what is under way; a visit that is fails with `reason`.
    void abort(std::string reason) noexcept;
    void stop() noexcept;
    // Begun before this and not yet done.
    [[nodiscard]] bool busySince(SteadyTime when) const noexcept { return m_visit && m_begun < when; }

private:
    [[nodiscard]] relay::Task<std::string> exchange(); // what failed, or nothing
    void leave() noexcept;
    void hangUp() noexcept;
    void dropEnded() noexcept;
    [[nodiscard]] relay::Task<relay::error_code> connect();
    [[nodiscard]] relay::Task<std::string> readAnswer();
    [[nodiscard]] std::string verdict(http1::ResponseReader &reader, std::size_t bodyBytes) const;

    relay::Socket m_socket;
    const boost::asio::ip::tcp::endpoint m_relay;
    const VisitPlan m_plan;
    relay::Event m_work;
    std::optional<Visit> m_visit;
    SteadyTime m_begun{};
    std::size_t m_onConnection = 0; // requests so far
    std::string m_aborted;
    bool m_reusable = false; // the connection, after a whole answer
    std::string m_body;
    std::array<char, 4096> m_input;
    bool m_stopped = false;
};

} // namespace load
