#include "relay/link_journal.h"

namespace relay {

using wire::Code;

void LinkJournal::online()
{
    m_log.info(
        "tunnel_online",
        {{"tunnel_id", m_link.tunnel}, {"connection_id", m_link.connectionId}, {"client", m_link.owner.address}});
    record(AuditEvent::Connected);
}

void LinkJournal::refused(const wire::Error &why)
{
    m_log.warn("link_refused", {{"client", m_link.owner.address},
                                {"connection_id", m_link.connectionId},
                                {"code", wire::codeName(why.code)},
                                {"reason", why.message}});
    m_why = why;
    if (m_link.tunnel.empty())
        record(AuditEvent::Refused);
    else if (why.code == Code::NameTaken)
        record(AuditEvent::TakenOver);
    else if (why.code == Code::Unauthorized)
        record(AuditEvent::Revoked);
}

void LinkJournal::lost()
{
    m_log.info("link_lost", {{"tunnel_id", m_link.tunnel}, {"connection_id", m_link.connectionId}});
    record(AuditEvent::Disconnected);
}

void LinkJournal::record(AuditEvent event)
{
    m_audit.record({.event = event,
                    .identity = m_link.owner.identity,
                    .claims = m_link.owner.claims.get(),
                    .tunnel = m_link.tunnel,
                    .client = m_link.owner.address,
                    .connectionId = m_link.connectionId,
                    .code = m_why ? wire::codeName(m_why->code) : std::string_view(),
                    .reason = m_why ? std::string_view(m_why->message) : std::string_view()});
}

} // namespace relay
