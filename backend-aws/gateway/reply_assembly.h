// Gathers the messages that answer one request, in whatever order and how often they arrive, until the response is whole.
// Pure; owned by the request under way. What concerns another request is passed over: a late answer, or somebody else's.
#pragma once

#include "wire/http_head.h"
#include "wire/json_codec.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace gateway {

// What the function of the WebSocket API puts into a channel when a link has gone.
[[nodiscard]] std::string linkGoneText(std::string_view connectionId);

class ReplyAssembly {
public:
    ReplyAssembly(std::string requestId, std::string connectionId, std::size_t maxBodyBytes)
        : m_requestId(std::move(requestId)), m_connectionId(std::move(connectionId)), m_body(maxBodyBytes)
    {
    }

    // False: it was for somebody else. Errors: what the client says went wrong, ConnectionLost when its link has gone,
    // PayloadTooLarge, ProtocolError; after one nothing more is taken.
    [[nodiscard]] wire::Result<bool> add(std::string_view text);

    // The client said itself that it is over, or has gone: it needs no cancelling.
    [[nodiscard]] bool endedByClient() const noexcept { return m_endedByClient; }
    [[nodiscard]] bool complete() const noexcept { return m_head && m_body.complete(); }
    // Once complete.
    [[nodiscard]] wire::ResponseHead takeHead();
    [[nodiscard]] std::string takeBody() { return m_body.take(); }

private:
    wire::Result<bool> addHead(wire::HttpResponse response);
    wire::Result<bool> addChunk(wire::BodyChunk chunk);

    std::string m_requestId;
    std::string m_connectionId;
    std::optional<wire::HttpResponse> m_head;
    std::set<std::uint32_t> m_seen; // chunks
    wire::ChunkAssembler m_body;
    bool m_endedByClient = false;
};

} // namespace gateway
