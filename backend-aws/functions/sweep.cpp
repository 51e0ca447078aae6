#include "functions/sweep.h"

#include "wire/limits.h"

namespace functions {

std::size_t Sweep::removeEndedLinks(Time deadline)
{
    const auto now = m_world.clock();
    std::size_t removed = 0;
    std::int64_t seen = 0;
    std::string next;
    do {
        const auto page = m_ports.links.ended(now, next, deadline);
        if (!page) {
            m_world.log.error("sweep_failed", {{"what", "links"}, {"reason", page.error().message}});
            return removed;
        }
        for (const auto &link : page->links) {
            if (m_world.clock() >= deadline)
                return removed;
            m_messages.ended(link.connectionId, deadline);
            ++removed;
        }
        next = page->next;
        seen += page->seen;
    } while (!next.empty());
    correctCount(seen - static_cast<std::int64_t>(removed), deadline);
    return removed;
}

// Tries that counted twice, functions that ended in between and rows that DynamoDB's TTL took first make the count drift: in
// time the server would be full of clients that are not there.
void Sweep::correctCount(std::int64_t links, Time deadline)
{
    if (const auto counted = m_ports.links.recount(links, deadline); !counted)
        m_world.log.error("sweep_failed", {{"what", "count of links"}, {"reason", counted.error().message}});
}

void Sweep::run(Time deadline)
{
    const auto end = deadline - wire::kAnswerMargin;
    const auto links = removeEndedLinks(end);
    const auto channels = m_ports.replies.removeOrphans(m_world.clock(), end);
    if (!channels)
        m_world.log.error("sweep_failed", {{"what", "reply channels"}, {"reason", channels.error().message}});
    m_world.log.info("swept", {{"links", links}, {"reply_channels", channels.value_or(0)}});
}

} // namespace functions
