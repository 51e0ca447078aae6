// The function behind the WebSocket API and the schedule: one event in, one answer out. Owned by main.
#pragma once

#include "functions/admission.h"
#include "functions/link_messages.h"
#include "functions/sweep.h"

#include <string>

namespace functions {

class SocketFunction {
public:
    // `issuer` may be null.
    SocketFunction(World &world, SocketPorts ports, gateway::IssuerKeys *issuer)
        : m_admission(world, issuer), m_messages(world, ports), m_sweep(world, ports, m_messages)
    {
    }

    [[nodiscard]] std::string handle(const events::AuthorizerEvent &event, Time deadline, const gateway::Live &live);
    [[nodiscard]] std::string handle(const events::SocketEvent &event, Time deadline, const gateway::Live &live);
    [[nodiscard]] std::string handle(const events::ScheduleEvent &event, Time deadline, const gateway::Live &live);

private:
    Admission m_admission;
    LinkMessages m_messages;
    Sweep m_sweep;
};

} // namespace functions
