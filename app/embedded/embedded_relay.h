// A relay of this process's own, on loopback, for those who have no server: it runs on its own thread and accepts only
// the token drawn for this run, so that no other program or web page on this computer can open a tunnel on it. Made and
// destroyed on the main thread, after the engine.
#pragma once

#include "client/tunnel_config.h"
#include "relay/server.h"
#include "wire/result.h"

#include <QUrl>

#include <memory>
#include <thread>

namespace embedded {

class EmbeddedRelay {
public:
    // Listens on 127.0.0.1; port 0: any. The error is a sentence for the user. `verbose`: it logs to stderr.
    [[nodiscard]] static wire::Result<std::unique_ptr<EmbeddedRelay>> start(quint16 port, bool verbose);
    ~EmbeddedRelay(); // ends what is in flight within a second and waits for the thread
    EmbeddedRelay(const EmbeddedRelay &) = delete;
    EmbeddedRelay &operator=(const EmbeddedRelay &) = delete;

    [[nodiscard]] quint16 port() const { return m_server.port(); }
    [[nodiscard]] QUrl url() const;
    [[nodiscard]] const client::Token &token() const { return m_token; }

private:
    EmbeddedRelay(relay::Config config, client::Token token);

    client::Token m_token;
    relay::Log m_log;
    relay::Server m_server;
    std::thread m_thread;
};

} // namespace embedded
