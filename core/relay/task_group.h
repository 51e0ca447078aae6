// Every coroutine of the relay runs in a group: a failure is logged once, and shutdown knows when the last has ended.
// Relay thread only.
#pragma once

#include "relay/io.h"
#include "relay/log.h"

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <functional>
#include <string_view>
#include <utility>

namespace relay {

class TaskGroup {
public:
    TaskGroup(asio::io_context &context, Log &log) : m_context(context), m_log(log) {}

    void spawn(std::string_view what, Task<> task)
    {
        ++m_running;
        asio::co_spawn(m_context, std::move(task), [this, what](const std::exception_ptr &failure) {
            report(what, failure);
            if (--m_running == 0 && onEmpty)
                onEmpty();
        });
    }

    [[nodiscard]] std::size_t running() const noexcept { return m_running; }

    std::function<void()> onEmpty;

private:
    void report(std::string_view what, const std::exception_ptr &failure)
    {
        if (!failure)
            return;
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception &error) {
            m_log.error("task_failed", {{"task", what}, {"reason", error.what()}});
        }
    }

    asio::io_context &m_context;
    Log &m_log;
    std::size_t m_running = 0;
};

} // namespace relay
