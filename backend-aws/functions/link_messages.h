// What tunnel clients say over their links: `ready`, `ping`, `draining`, and the answers to requests, which go on into the
// channel that their reply_to names. Owned by the ws function.
#pragma once

#include "events/event.h"
#include "functions/tunnel_claim.h"

#include <string_view>

namespace functions {

struct SocketPorts {
    gateway::NameStore &names;
    gateway::LinkStore &links;
    gateway::LinkSender &sender;
    gateway::ReplySender &replies;
};

class LinkMessages {
public:
    LinkMessages(World &world, SocketPorts ports)
        : m_world(world), m_ports(ports), m_claim(world, ports.names, ports.links)
    {
    }

    void handle(const events::SocketEvent &event, Time deadline, const gateway::Live &live);
    // The link has ended: its name is free for another, and who waits for its answers hears of it.
    void ended(std::string_view connectionId, Time deadline);

private:
    // A message under way.
    struct Turn {
        const events::SocketEvent &event;
        Time deadline{};
        const gateway::Live &live;
    };

    void onReady(const Turn &turn, const wire::Ready &ready);
    void onPing(const Turn &turn);
    void onDraining(const Turn &turn);
    void onAnswer(const Turn &turn, const std::string &requestId, const std::string &replyTo);
    bool dropGone(const Turn &turn, const std::string &name);
    wire::Result<gateway::Claimant> claimantOf(const Turn &turn) const;
    wire::ConnectionEstablished welcome(const Turn &turn, const gateway::Reservation &reservation) const;
    void evict(const Turn &turn, const gateway::Claim &claim);
    void refuse(const Turn &turn, const wire::Error &reason); // says why, then closes
    bool tell(const Turn &turn, std::string_view connectionId, const wire::Message &message);

    World &m_world;
    SocketPorts m_ports;
    TunnelClaim m_claim;
};

} // namespace functions
