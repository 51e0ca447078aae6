// Whom the owner let in or turned away, for a while. Engine thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <unordered_map>

namespace guard {

class VisitorMemory {
public:
    using Time = std::chrono::steady_clock::time_point;

    // `visitor`: visitorKey().
    void remember(const std::string &visitor, bool let, Time now);
    // Nothing when the owner was not asked, or too long ago.
    [[nodiscard]] std::optional<bool> answer(const std::string &visitor, Time now) const;

private:
    struct Entry {
        bool let = false;
        Time until;
    };
    std::unordered_map<std::string, Entry> m_entries;
};

} // namespace guard
