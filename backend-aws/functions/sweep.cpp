#include "functions/sweep.h"

#include "wire/limits.h"

namespace functions {

std::size_t Sweep::removeEndedLinks(Time deadline)
{
    const auto now = m_world.clock();
    std::size_t removed = 0;
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
    } while (!next.empty());
    return removed;
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
