// A real relay on a loopback port, on a thread of its own, for the time of a test. Ends at once when it goes.
#pragma once

#include "relay/log.h"
#include "relay/server.h"

#include <chrono>
#include <future>
#include <thread>

namespace support {

// Port 0, domain "localhost", no logs.
[[nodiscard]] inline relay::Config quietConfig()
{
    relay::Config config;
    config.listen.port = 0;
    config.log.level = relay::LogLevel::Off;
    return config;
}

class LoopbackRelay {
public:
    LoopbackRelay() : LoopbackRelay(quietConfig()) {}
    explicit LoopbackRelay(const relay::Config &config) : m_log(config.log), m_server(config, m_log)
    {
        if (auto listening = m_server.listen(); !listening)
            throw std::runtime_error(listening.error().message);
        m_thread = std::thread([this] {
            m_server.run();
            m_ended.set_value();
        });
    }
    ~LoopbackRelay()
    {
        m_server.stop();
        m_server.stop(); // whatever is in flight
        m_thread.join();
    }
    LoopbackRelay(const LoopbackRelay &) = delete;
    LoopbackRelay &operator=(const LoopbackRelay &) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept { return m_server.port(); }
    [[nodiscard]] std::uint16_t adminPort() const noexcept { return m_server.adminPort(); }
    void stop() noexcept { m_server.stop(); }
    // Whether run() has returned, after waiting for it as long.
    [[nodiscard]] bool ended(std::chrono::milliseconds within) const
    {
        return m_ending.wait_for(within) == std::future_status::ready;
    }

private:
    relay::Log m_log;
    relay::Server m_server;
    std::promise<void> m_ended;
    std::future<void> m_ending = m_ended.get_future();
    std::thread m_thread;
};

} // namespace support
