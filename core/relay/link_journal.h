// What both logs say of one tunnel client's link, from its beginning to its end. Owned by the link's session.
#pragma once

#include "relay/audit_log.h"
#include "relay/log.h"
#include "relay/tunnel_registry.h"

#include <optional>
#include <string>

namespace relay {

class LinkJournal {
public:
    struct Link { // borrowed: the session's own
        const TunnelRegistry::Owner &owner;
        const std::string &connectionId;
        const std::string &tunnel; // empty until established
    };

    LinkJournal(Log &log, AuditLog &audit, Link link) : m_log(log), m_audit(audit), m_link(link) {}

    void online();
    // The relay ends it, or does not let it in. One that is up ends by a takeover, with its token, or by what is wrong with
    // it, which the audit log then tells by its end.
    void refused(const wire::Error &why);
    void lost(); // it was online

private:
    void record(AuditEvent event);

    Log &m_log;
    AuditLog &m_audit;
    Link m_link;
    std::optional<wire::Error> m_why;
};

} // namespace relay
