// Wakes the one coroutine that waits for it. Owned by what it announces; relay thread only. The waiter runs in a turn
// of its own, never inside notify(); a notify() with nobody waiting is remembered.
#pragma once

#include "relay/io.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>

#include <cassert>
#include <functional>
#include <utility>

namespace relay {

class Event {
public:
    explicit Event(Executor executor) : m_executor(std::move(executor)) {}

    void notify()
    {
        m_signalled = true;
        if (m_waiter)
            asio::post(m_executor, std::exchange(m_waiter, nullptr));
    }

    [[nodiscard]] Task<> wait()
    {
        if (!m_signalled)
            co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void()>(Hold{this}, kAwait);
        m_signalled = false;
    }

private:
    struct Hold {
        Event *event;
        template <class Handler>
        void operator()(Handler &&handler) const
        {
            assert(!event->m_waiter);
            event->m_waiter = std::forward<Handler>(handler);
        }
    };

    Executor m_executor;
    std::move_only_function<void()> m_waiter;
    bool m_signalled = false;
};

} // namespace relay
