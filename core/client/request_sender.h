// A visitor's request on its way to the local service: waits for the connection, is kept while it may have to be sent
// a second time, and makes room for more only as bytes leave. Owned by LocalRequest, engine thread.
#pragma once

#include "client/request_body.h"
#include "wire/stream_credit.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace client {

class LocalConnection;

class RequestSender {
public:
    RequestSender(wire::LinkWindowBudget &budget, wire::SteadyTime now) : m_window(budget, now) {}

    // InvalidRequest for a head that must not reach the service (local_head.h).
    [[nodiscard]] wire::Result<> begin(wire::RequestHead &head, const std::optional<std::string> &hostField);

    // The connection stands: what waits goes out. `reused`: it carried a request before and may be stale. It is
    // borrowed until takeBack(), drop() or the next use().
    void use(LocalConnection &connection, bool reused);
    // The connection was lost: what it was given waits for the next one. Only when canReplay().
    void takeBack()
    {
        m_connection = nullptr;
        m_reused = false; // the next one is new: when that fails, so does the request
    }
    // Nothing more can be sent: what comes is swallowed.
    void drop();
    // The service answers: it has got the request.
    void stopReplaying();
    // The service may have closed the reused connection before the request arrived: then nothing was done with it.
    [[nodiscard]] bool canReplay() const { return m_reused && m_replayable; }
    [[nodiscard]] bool idempotent() const { return m_idempotent; }

    // More bytes than the window allows: the server's breach of the protocol.
    [[nodiscard]] wire::Result<> onReceived(std::size_t bytes);
    // Body bytes, then their end. InvalidRequest when they are not what the head announced.
    [[nodiscard]] wire::Result<> sendBody(std::string_view bytes);
    [[nodiscard]] wire::Result<> endBody(const wire::HeaderList &trailers);
    // After a 101: bytes as they are.
    void sendRaw(std::string_view bytes) { send(bytes); }

    // What has left makes room for as much more: the credit to grant now, 0 for none.
    [[nodiscard]] std::uint32_t takeCredit(std::chrono::nanoseconds roundTrip);
    [[nodiscard]] bool complete() const { return m_body.complete(); }

private:
    void send(std::string_view bytes);

    wire::ReceiveWindow m_window;
    RequestBody m_body{wire::BodyKind::None, 0};
    LocalConnection *m_connection = nullptr;
    std::string m_waiting;  // for the connection; or sent on a reused one and kept to be sent again
    std::size_t m_held = 0; // body bytes taken from the visitor that have not left yet
    bool m_idempotent = false;
    bool m_replayable = false;
    bool m_reused = false;
    bool m_dropped = false;
};

} // namespace client
