// What the schedule clears away: links that API Gateway has closed without a word reaching us, and reply channels whose owners
// are gone. Page by page, until the time is over; the next run goes on. Who saw all links also says how many there are. Owned by
// the ws function.
#pragma once

#include "functions/link_messages.h"

namespace functions {

class Sweep {
public:
    Sweep(World &world, SocketPorts ports, LinkMessages &messages)
        : m_world(world), m_ports(ports), m_messages(messages)
    {
    }

    void run(Time deadline);

private:
    std::size_t removeEndedLinks(Time deadline);
    void correctCount(std::int64_t links, Time deadline);

    World &m_world;
    SocketPorts m_ports;
    LinkMessages &m_messages;
};

} // namespace functions
