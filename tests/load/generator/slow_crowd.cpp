#include "slow_crowd.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <utility>

namespace load {

namespace {

using namespace std::chrono_literals;
using relay::error_code;
using relay::kAwaitTuple;
using relay::Task;
using Tcp = boost::asio::ip::tcp;

constexpr int kReceiveBuffer = 4096; // the kernel's own buffer would otherwise read ahead for minutes

constexpr auto kTick = 10ms;
constexpr auto kPatience = 5s; // after the end, for a visitor that waits for its next bytes

struct Group {
    SlowPlan plan;
    std::vector<relay::Socket> sockets;
    SlowFigures figures;
    SteadyTime end;
    std::size_t running = 0;
};

Task<std::string> begin(relay::Socket &socket, const Tcp::endpoint &relay, const std::string &request)
{
    error_code ignored;
    socket.open(relay.protocol(), ignored);
    socket.set_option(boost::asio::socket_base::receive_buffer_size(kReceiveBuffer), ignored);
    const auto [error] = co_await socket.async_connect(relay, kAwaitTuple);
    if (error)
        co_return "connect: " + error.message();
    const auto buffer = boost::asio::buffer(request);
    const auto [failed, count] = co_await boost::asio::async_write(socket, buffer, kAwaitTuple);
    co_return failed ? "write: " + failed.message() : std::string();
}

// Reads to the end of the group's time; what failed, or nothing.
Task<std::string> readSlowly(relay::Socket &socket, Group &group)
{
    std::vector<char> input(group.plan.bytesPerSecond);
    relay::Timer timer(socket.get_executor());
    auto next = std::chrono::steady_clock::now();
    while (next < group.end) {
        const auto buffer = boost::asio::buffer(input);
        const auto [error, count] = co_await boost::asio::async_read(socket, buffer, kAwaitTuple);
        group.figures.bytesRead += count;
        if (error)
            co_return "read: " + error.message();
        next += 1s;
        timer.expires_at(next);
        co_await timer.async_wait(kAwaitTuple);
    }
    co_return std::string();
}

void closeAll(Group &group)
{
    error_code ignored;
    for (auto &socket : group.sockets)
        socket.close(ignored);
}

Task<> visit(std::shared_ptr<Group> group, std::size_t index, Tcp::endpoint relay)
{
    auto &socket = group->sockets[index];
    const auto request = "GET " + group->plan.path + " HTTP/1.1\r\nHost: " + group->plan.hostOf(index) + "\r\n\r\n";
    auto failure = co_await begin(socket, relay, request);
    if (failure.empty())
        failure = co_await readSlowly(socket, *group);
    if (failure.empty())
        ++group->figures.reading;
    else
        group->figures.failures.count(failure);
    --group->running;
}

} // namespace

Task<SlowFigures> runSlowCrowd(relay::Executor executor, Tcp::endpoint relay, SlowPlan plan)
{
    auto group = std::make_shared<Group>();
    group->plan = std::move(plan);
    const std::chrono::duration<double> length(group->plan.seconds);
    group->end =
        std::chrono::steady_clock::now() + std::chrono::duration_cast<std::chrono::steady_clock::duration>(length);
    group->running = group->plan.count;
    for (std::size_t i = 0; i < group->plan.count; ++i)
        group->sockets.emplace_back(executor);
    const auto perSecond = static_cast<double>(group->plan.count) / std::max(group->plan.ramp, 0.001);
    Schedule schedule(std::chrono::steady_clock::now(), perSecond, group->plan.count);
    SteadyTime due;
    std::size_t next = 0;
    relay::Timer timer(executor);
    while (group->running > 0) {
        const auto now = std::chrono::steady_clock::now();
        while (schedule.take(now, due))
            boost::asio::co_spawn(executor, visit(group, next++, relay), boost::asio::detached);
        if (now > group->end + kPatience)
            closeAll(*group);
        timer.expires_after(kTick);
        co_await timer.async_wait(kAwaitTuple);
    }
    co_return group->figures;
}

} // namespace load
