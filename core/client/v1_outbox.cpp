#include "client/v1_outbox.h"

#include <algorithm>
#include <utility>

namespace client {

void V1Outbox::add(std::string message)
{
    m_bytes += message.size();
    m_waiting.push_back(std::move(message));
}

std::vector<std::string> V1Outbox::take(wire::SteadyTime now)
{
    std::vector<std::string> taken;
    while (!m_waiting.empty() && m_bucket.wait(now).count() == 0) {
        auto &next = m_waiting.front();
        m_bucket.take(now, next.size());
        m_bytes -= next.size();
        taken.push_back(std::move(next));
        m_waiting.pop_front();
    }
    return taken;
}

std::optional<std::chrono::milliseconds> V1Outbox::wait(wire::SteadyTime now) const
{
    if (m_waiting.empty())
        return std::nullopt;
    return std::max(std::chrono::ceil<std::chrono::milliseconds>(m_bucket.wait(now)), std::chrono::milliseconds(1));
}

} // namespace client
