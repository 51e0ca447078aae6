// The relay's I/O vocabulary: everything runs on one io_context with one thread, so the executor type is concrete
// (no type erasure on the hot path) and nothing is locked.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>

namespace relay {

namespace asio = boost::asio;
using boost::system::error_code;

using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;
using SteadyTime = std::chrono::steady_clock::time_point;

// g++ 12 lays a coroutine's frame out wrongly when co_await stands in a condition (tried: the frame begins with the hoisted
// temporary, and resuming it crashes). Await into a variable first; tests/architecture checks it.
// It also destroys twice what is braced in place as an argument inside a co_await expression (tried: double free): let a
// plain function that returns the Task build it.
template <class T = void>
using Task = asio::awaitable<T, Executor>;

inline constexpr asio::use_awaitable_t<Executor> kAwait{};
// Errors as values: `auto [error, count] = co_await socket.async_read_some(buffer, kAwaitTuple);`
inline constexpr auto kAwaitTuple = asio::as_tuple(kAwait);

} // namespace relay
