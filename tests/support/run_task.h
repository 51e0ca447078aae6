// Runs one coroutine of the relay to its end on an io_context, with a bound, and gives back what it returns.
#pragma once

#include "relay/io.h"
#include "support/blocking_socket.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/asio/write.hpp>

namespace support {

template <class T>
T runTask(relay::asio::io_context &io, relay::Task<T> task)
{
    auto result = relay::asio::co_spawn(io, std::move(task), relay::asio::use_future);
    io.restart();
    const auto end = std::chrono::steady_clock::now() + kBound;
    while (result.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
        if (io.run_one_until(end) == 0)
            throw TimedOut();
    }
    return result.get();
}

// Runs what is ready, without waiting.
inline void runReady(relay::asio::io_context &io)
{
    io.restart();
    io.poll();
}

// Two ends of one TCP connection over the loopback.
struct SocketPair {
    explicit SocketPair(relay::asio::io_context &io) : near(io.get_executor()), far(io.get_executor())
    {
        relay::Acceptor acceptor(io.get_executor(), {relay::asio::ip::address_v4::loopback(), 0});
        far.connect(acceptor.local_endpoint());
        acceptor.accept(near);
    }

    relay::Socket near;
    relay::Socket far;
};

} // namespace support
