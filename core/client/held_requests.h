// The requests of one link that have not been let in yet: keeps what comes of them, answers those that are refused, and
// hands the others on. Nothing of a request reaches the local service before. Owned by TunnelLink, engine thread.
#pragma once

#include "client/stream_host.h"
#include "client/tunnel_guard.h"
#include "wire/frame.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>

namespace client {

// A request that may pass, with what came of it so far.
struct AdmittedRequest {
    std::uint32_t stream = 0;
    wire::RequestHead head; // prepared
    std::string body;
    wire::HeaderList trailers;
    bool ended = false; // with the trailers
    bool whole = false; // more body than a stream's first window may be here
};

class HeldRequests {
public:
    using Admit = std::function<void(AdmittedRequest)>;

    HeldRequests(StreamHost &host, std::shared_ptr<TunnelGuard> guard, Admit admit);
    ~HeldRequests();
    HeldRequests(const HeldRequests &) = delete;
    HeldRequests &operator=(const HeldRequests &) = delete;

    // True: it may pass, and its head is prepared. Else it is held, or was answered.
    [[nodiscard]] bool admits(std::uint32_t stream, wire::RequestHead &head);
    [[nodiscard]] bool holds(std::uint32_t stream) const { return m_held.contains(stream); }
    [[nodiscard]] std::size_t size() const { return m_held.size(); }
    // A frame of a stream that is held. An error is the server's breach of the protocol.
    [[nodiscard]] wire::Result<> onFrame(const wire::Frame &frame);
    // The link is gone.
    void abort(const wire::Error &why);

private:
    struct Held;
    void decide(std::uint32_t stream, const guard::Verdict &verdict);
    [[nodiscard]] wire::Result<> onData(std::uint32_t stream, Held &held, std::string_view bytes);
    void read(std::uint32_t stream, Held &held, std::size_t bytes);
    void checkBody(std::uint32_t stream, Held &held);
    void pass(std::uint32_t stream);
    void end(std::uint32_t stream, const wire::Error &why);
    void drop(std::uint32_t stream);
    void refuse(std::uint32_t stream, const wire::RequestHead &head, const wire::Error &why);
    void reply(std::uint32_t stream, const wire::RequestHead &head, const guard::Reply &reply, bool requestEnded);
    [[nodiscard]] std::shared_ptr<ExchangeRecord> record(const wire::RequestHead &head);

    StreamHost &m_host;
    std::shared_ptr<TunnelGuard> m_guard;
    Admit m_admit;
    std::unordered_map<std::uint32_t, std::unique_ptr<Held>> m_held;
};

} // namespace client
