// One request over one link: posts its messages, waits for what answers it, puts that together. Blocking, bounded by its
// deadline. Owned by the http function, for the length of one request.
#pragma once

#include "functions/world.h"
#include "gateway/live.h"
#include "gateway/reply_assembly.h"
#include "gateway/tunnel_memory.h"
#include "wire/message.h"

#include <string>

namespace functions {

struct TunnelAnswer {
    wire::ResponseHead head;
    std::string body;
};

struct TunnelFailure {
    wire::Error error;
    bool linkGone = false;
    bool sent = false; // a part of it, at least: another link must not get the request again
};

class TunnelRequest {
public:
    struct Parts {
        gateway::LinkStore &links;
        gateway::LinkSender &sender;
        gateway::ReplyChannel &replies;
        gateway::TunnelMemory &memory;
    };

    TunnelRequest(World &world, Parts parts, const gateway::Live &live) : m_world(world), m_parts(parts), m_live(live)
    {
    }

    // Writes reply_to into the request, which may be run again then.
    [[nodiscard]] std::expected<TunnelAnswer, TunnelFailure> run(wire::HttpRequest &request,
                                                                 const std::string &connectionId, Time deadline);

private:
    wire::Result<bool> listen(std::string_view connectionId, const std::string &address, Time deadline);
    std::expected<void, TunnelFailure> post(const wire::HttpRequest &request, std::string_view connectionId,
                                            Time deadline);
    wire::Result<> gather(gateway::ReplyAssembly &assembly, Time deadline);
    wire::Result<TunnelAnswer> awaitAnswer(const std::string &requestId, const std::string &connectionId,
                                           Time deadline);
    void cancel(const std::string &requestId, std::string_view connectionId, const wire::Error &reason, Time deadline);

    World &m_world;
    Parts m_parts;
    const gateway::Live &m_live;
};

} // namespace functions
