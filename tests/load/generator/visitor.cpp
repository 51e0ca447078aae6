#include "visitor.h"

#include <boost/asio/write.hpp>

#include <sys/socket.h>

#include <utility>

namespace load {

namespace {

using relay::error_code;
using relay::kAwaitTuple;
using relay::Task;
using Tcp = boost::asio::ip::tcp;

// The relay closes idle connections after wire::kKeepAliveTimeout; a request must not meet that.
constexpr auto kLongestIdle = wire::kKeepAliveTimeout - std::chrono::seconds(15);

} // namespace

Visitor::Visitor(relay::Executor executor, Tcp::endpoint relay, const VisitPlan &plan)
    : m_socket(executor), m_relay(std::move(relay)), m_plan(plan), m_work(executor)
{
}

void Visitor::give(Visit visit)
{
    m_visit = std::move(visit);
    m_aborted.clear();
    const auto now = std::chrono::steady_clock::now();
    if (now - m_begun > kLongestIdle)
        hangUp();
    m_begun = now;
    m_work.notify();
}

void Visitor::abort(std::string reason) noexcept
{
    m_aborted = std::move(reason);
    hangUp();
}

void Visitor::stop() noexcept
{
    m_stopped = true;
    abort("stopped");
    m_work.notify();
}

Task<> Visitor::run(std::shared_ptr<Visitor> self, VisitSink &sink)
{
    for (;;) {
        co_await self->m_work.wait();
        if (self->m_stopped)
            co_return;
        if (!self->m_visit)
            continue;
        auto failure = co_await self->exchange();
        if (!failure.empty() && !self->m_aborted.empty())
            failure = std::exchange(self->m_aborted, {});
        self->leave();
        if (self->m_stopped)
            co_return; // the sink may be gone
        const auto visit = *std::exchange(self->m_visit, std::nullopt);
        sink.done(*self, visit, failure);
    }
}

// Closes the connection when it cannot or shall not be used again.
void Visitor::leave() noexcept
{
    ++m_onConnection;
    if (!m_reusable || m_onConnection == m_plan.perConnection)
        hangUp();
}

void Visitor::hangUp() noexcept
{
    error_code ignored;
    m_socket.close(ignored);
}

// The relay may have ended a connection that was idle for long; whoever keeps one alive looks before using it again.
void Visitor::dropEnded() noexcept
{
    char byte = 0;
    error_code ignored;
    if (m_socket.is_open() && ::recv(m_socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0)
        m_socket.close(ignored);
}

Task<error_code> Visitor::connect()
{
    m_onConnection = 0;
    auto [error] = co_await m_socket.async_connect(m_relay, kAwaitTuple);
    error_code ignored;
    m_socket.set_option(Tcp::no_delay(true), ignored);
    co_return error;
}

Task<std::string> Visitor::exchange()
{
    m_reusable = false;
    dropEnded();
    if (!m_socket.is_open()) {
        const auto error = co_await connect();
        if (error)
            co_return "connect: " + error.message();
    }
    const auto request = "GET " + m_plan.path + " HTTP/1.1\r\nHost: " + m_visit->host +
                         "\r\nUser-Agent: tunnel_load\r\nAccept: */*\r\n\r\n";
    const auto buffer = boost::asio::buffer(request);
    const auto [error, count] = co_await boost::asio::async_write(m_socket, buffer, kAwaitTuple);
    if (error)
        co_return "write: " + error.message();
    auto answer = co_await readAnswer();
    co_return answer;
}

Task<std::string> Visitor::readAnswer()
{
    http1::ResponseReader reader(false);
    std::string rest;
    std::size_t bodyBytes = 0;
    while (!reader.complete()) {
        const auto buffer = boost::asio::buffer(m_input);
        const auto [error, count] = co_await m_socket.async_read_some(buffer, kAwaitTuple);
        if (error)
            co_return "read: " + error.message();
        rest.append(m_input.data(), count);
        while (!rest.empty() && !reader.complete()) {
            const auto taken = reader.feed(rest, m_body);
            if (!taken)
                co_return "answer: " + taken.error().message;
            bodyBytes += m_body.size();
            m_body.clear();
            if (*taken == 0)
                break;
            rest.erase(0, *taken);
        }
    }
    m_reusable = reader.keepAlive();
    co_return verdict(reader, bodyBytes);
}

std::string Visitor::verdict(http1::ResponseReader &reader, std::size_t bodyBytes) const
{
    if (reader.head().status != 200)
        return "status " + std::to_string(reader.head().status);
    if (bodyBytes != m_plan.bodyBytes)
        return "a body of another length";
    return {};
}

} // namespace load
