#include "guard/visitor_memory.h"

#include "wire/limits.h"

#include <algorithm>

namespace guard {

void VisitorMemory::remember(const std::string &visitor, bool let, Time now)
{
    std::erase_if(m_entries, [&](const auto &entry) { return entry.second.until <= now; });
    if (m_entries.size() >= wire::kMaxRememberedVisitors)
        m_entries.erase(std::ranges::min_element(m_entries, {}, [](const auto &entry) { return entry.second.until; }));
    m_entries[visitor] = {let, now + (let ? wire::kApprovalRemembered : wire::kRefusalRemembered)};
}

std::optional<bool> VisitorMemory::answer(const std::string &visitor, Time now) const
{
    const auto found = m_entries.find(visitor);
    if (found == m_entries.end() || found->second.until <= now)
        return std::nullopt;
    return found->second.let;
}

} // namespace guard
