// The relay: listeners, sessions and their end. Made and destroyed by whoever embeds it (app/relay, ttf, the desktop
// app), run on a thread of its own; only stop() may be called from another thread.
#pragma once

#include "relay/config.h"
#include "relay/log.h"
#include "wire/result.h"

#include <cstdint>
#include <memory>

namespace relay {

class Server {
public:
    // `log` is borrowed and used on the running thread only.
    Server(Config config, Log &log);
    ~Server();
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    // Opens the listeners, reads the files of tokens, secret and certificate. The error is a sentence for the user.
    [[nodiscard]] wire::Result<> listen();
    // As bound: what the system chose when the configured port was 0. Valid after listen().
    [[nodiscard]] std::uint16_t port() const noexcept;
    [[nodiscard]] std::uint16_t adminPort() const noexcept; // 0: off

    // Serves until stop() and everything in flight has ended, or the drain time is over.
    void run();
    // Graceful: no new connections, clients are told, requests in flight are finished. A second call ends at once.
    void stop() noexcept;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace relay
